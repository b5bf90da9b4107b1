using Dfx.Compensation.Analyses;

namespace Dfx.Compensation.Tests.Analyses;

[TestFixture]
internal sealed class DriftTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    /// <summary>
    /// States of Gaussian data stay a x0 + b z: with x̂0 = q x, q = v g / (g² v + f²), a step makes of them a (1 - w q) and b (1 - w q) + f_s - f_t. The percentages are
    /// of the largest drift over all starts; the analysis looks at every second one.
    /// </summary>
    [TestCase(1, 0.012)]
    [TestCase(2, 0.025)]
    [TestCase(5, 0.077)]
    [TestCase(10, 0.42)]
    [TestCase(25, 3.6)]
    [TestCase(99, 16)]
    public void Drift_of_an_exact_model_is_the_closed_form(int taken, double percent)
    {
        var starts = Enumerable.Range(taken + 1, Steps.Count - taken).ToList();
        Assert.That(starts.Max(start => Drift(start, taken)), Is.EqualTo(percent).Within(0.05 * percent));
        var seen = starts.Where(start => start % 2 == 0).Max(start => Drift(start, taken));
        Assert.That(Worst(Table.Value, taken), Is.EqualTo(seen).Within(0.06 * seen));
    }

    [Test]
    public void Lengths_end_one_step_before_the_data() =>
        Assert.That(Table.Value.Column("taken"), Is.EqualTo(new object[] { 1L, 2L, 5L, 10L, 25L, 50L, 99L }));

    /// <summary>A start at step T alone: the mean over starts is its drift, without an error.</summary>
    [Test]
    public void One_start_is_the_rollout_from_noise()
    {
        var table = Run(starts: 1, states: 200);
        Assert.That(table.Column("worst-at"), Is.EqualTo(new object[] { 99L, 98L, 95L, 90L, 75L, 50L, 1L }));
        Assert.That(table.Column("mean"), Is.EqualTo(table.Column("worst")));
        Assert.That((double)table.Column("mean")[4]!, Is.EqualTo(Drift(100, 25)).Within(0.05 * Drift(100, 25)));
    }

    /// <summary>Without a model that has steps there is nothing to walk.</summary>
    [Test]
    public void A_model_is_needed() =>
        Assert.That(() => new DriftAnalysis(new()).Run(Contexts.Of(new GaussianImages())), Throws.TypeOf<NotApplicableException>().With.Message.Contains("name one with method"));

    private static Lazy<AnalysisTable> Table { get; } = new(() => Run(starts: 50, states: 60));

    private static AnalysisTable Run(int starts, int states)
    {
        var data = new GaussianImages();
        using var model = new GaussianDenoiser(data.Shape);
        return new DriftAnalysis(new(states, starts)).Run(Contexts.Of(data, null, model));
    }

    private static double Worst(AnalysisTable table, int taken) => (double)table.Column("worst", row => (long)row["taken"]! == taken).Single()!;

    private static double Drift(int start, int taken)
    {
        var (a, b) = (Steps.G(start), Steps.F(start));
        for (var t = start; t > start - taken; t--)
        {
            var (g, f, w) = (Steps.G(t), Steps.F(t), Steps.G(t) - Steps.G(t - 1));
            var kept = 1 - (w * GaussianImages.Variance * g / ((g * g * GaussianImages.Variance) + (f * f)));
            (a, b) = (a * kept, (b * kept) + Steps.F(t - 1) - f);
        }

        var (da, db) = (a - Steps.G(start - taken), b - Steps.F(start - taken));
        return Math.Sqrt((da * da * GaussianImages.Variance) + (db * db)) / Steps.F(start - taken);
    }
}
