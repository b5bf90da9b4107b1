using Dfx.Compensation.Analyses;

namespace Dfx.Compensation.Tests.Analyses;

[TestFixture]
internal sealed class TermsTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    /// <summary>
    /// z given x_t is normal with the mean eps and the variance v / (v + sigma²), so E|c*| = k √(2 / pi · v / (v + sigma²)), and k √(2 / pi) of an estimate of 0. With
    /// as many bins as steps a bin is one step.
    /// </summary>
    [Test]
    public void The_true_term_of_an_exact_model_is_that_of_the_posterior()
    {
        var data = new GaussianImages();
        using var model = new GaussianDenoiser(data.Shape);
        var table = new TermsAnalysis(new(States: 1000, Bins: Steps.Count)).Run(Contexts.Of(data, null, model));
        Assert.That(table.Column("learned"), Is.All.Null, "there is no module");
        foreach (var row in table.Rows)
        {
            var (t, step) = ((int)(long)row[0]!, (long)row[2]!);
            var sigma = Steps.F(t) / Steps.G(t);
            var share = step == 0 ? 1 : GaussianImages.Variance / (GaussianImages.Variance + (sigma * sigma));
            var (value, error) = ((double)row[3]!, (double)row[4]!);
            Assert.That(value, Is.EqualTo(Steps.K(t) * Math.Sqrt(2 / Math.PI * share)).Within(5 * error), $"step {t} after {step}");
            Assert.That(error, Is.LessThan(0.02 * value));
            Assert.That((double)row[9]!, Is.EqualTo(value).Within(1e-4 * value), "c* = -k (z - eps)");
        }
    }

    /// <summary>Before training the term peaks next to the noise, since k rises with t.</summary>
    [Test]
    public void An_untrained_term_rises_from_bin_to_bin()
    {
        var data = new GaussianImages();
        using var model = new GaussianDenoiser(data.Shape);
        var table = new TermsAnalysis(new(States: 200)).Run(Contexts.Of(data, null, model, model));
        Assert.That(table.Column("step", row => row["bin"] is 3L), Is.EqualTo(new object[] { 0L, 10L, 20L }));
        Assert.That(table.Column("steps", row => row["step"] is 0L).Take(2), Is.EqualTo(new[] { "1 to 10", "11 to 20" }));
        Assert.That(table.Column("term", row => row["step"] is 0L), Is.Ordered.Ascending);
        Assert.That(table.Column("term", row => row["step"] is 10L), Is.EqualTo(table.Column("term", row => row["step"] is 20L)), "all checkpoints look at the same states");
    }

    /// <summary>A module whose output is b everywhere adds -k b, whatever it sees; a new one adds nothing, and leaves the whole term.</summary>
    [TestCase(0.0f)]
    [TestCase(0.5f)]
    public void What_the_module_adds_is_seen(float output)
    {
        var data = new GaussianImages(side: 8);
        using var model = Constant(data, output);
        var table = new TermsAnalysis(new(States: 64, Bins: Steps.Count)).Run(Contexts.Of(data, null, model));
        foreach (var row in table.Rows.Where(row => (long)row[2]! > 0))
        {
            Assert.That((double)row[5]!, Is.EqualTo(Steps.K((int)(long)row[0]!) * output).Within(1e-5 * output));
            Assert.That((double)row[7]!, output == 0 ? Is.EqualTo((double)row[3]!) : Is.Not.EqualTo((double)row[3]!));
        }
    }

    [Test]
    public void What_cannot_be_looked_at_is_said()
    {
        var data = new GaussianImages();
        using var model = new GaussianDenoiser(data.Shape);
        Assert.That(() => new TermsAnalysis(new()).Run(Contexts.Of(data)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("name one with method"));
        Assert.That(() => new TermsAnalysis(new()).Run(Contexts.Of(data, new GenerateByClassTask(), model)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("take the task generate"));
        Assert.That(() => new TermsAnalysis(new(Bins: 101)).Run(Contexts.Of(data, null, model)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("bins: 100"));
        using var generating = Constant(new GaussianImages(side: 8), 0, CsGeneration.Exact);
        Assert.That(() => new TermsAnalysis(new()).Run(Contexts.Of(data, null, generating)), Throws.TypeOf<NotApplicableException>().With.Message.Contains("generation: off"));
    }

    private static IDenoiser Constant(GaussianImages data, float output, CsGeneration generation = CsGeneration.Off)
    {
        var context = Contexts.Model(data);
        using var main = UNets.For(context);
        using var module = CsModule.Build(context);
        using (torch.no_grad())
        {
            module.state_dict()["last.bias"].fill_(output);
        }

        var tensors = main.state_dict().Select(t => ("main/" + t.Key, t.Value)).Concat(module.state_dict().Select(t => ("module/" + t.Key, t.Value)));
        return new CsMethod(new(Generation: generation)).Load(new(tensors.ToDictionary(t => t.Item1, t => t.Value)), context);
    }
}
