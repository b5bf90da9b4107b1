namespace Dfx.Diffusion.Tests.Processes;

[TestFixture]
internal sealed class DdpmProcessTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCase(1000)]
    [TestCase(100)]
    [TestCase(37)]
    public void The_label_is_the_step_of_a_thousand(int steps)
    {
        var schedule = DiscreteSchedule.Scaled(steps);
        var expected = Enumerable.Range(1, steps).Select(t => 1000.0 * t / steps).ToArray();
        var sigma = torch.tensor(Enumerable.Range(1, steps).Select(t => schedule.Sigma(t)).ToArray());
        Assert.That(new DdpmProcess(schedule).Precondition(sigma).Noise.MaxError(torch.tensor(expected)), Is.LessThan(1e-7));
    }

    [Test]
    public void Between_steps_and_outside_of_them_the_label_is_the_schedules_time()
    {
        var schedule = DiscreteSchedule.Cosine(50);
        double[] sigmas = [1e-4, 0.01, 0.3, 1, 7, schedule.SigmaMax, 1e9];
        var labels = new DdpmProcess(schedule).Precondition(torch.tensor(sigmas)).Noise.data<double>().ToArray();
        Assert.That(labels, Is.EqualTo(sigmas.Select(s => Math.Min(50, schedule.Time(s)) * 20)).Within(1e-6));
    }

    // The plain squared error of what is predicted: D is off by c_out times the network's error, and for the score the noise counts.
    [TestCase(Prediction.Eps)]
    [TestCase(Prediction.X0)]
    [TestCase(Prediction.V)]
    public void The_weight_undoes_the_scale_of_the_output(Prediction prediction)
    {
        var process = new DdpmProcess(DiscreteSchedule.Scaled(1000), prediction);
        var sigma = torch.tensor(new[] { 0.01, 1, 150 });
        Assert.That((process.Weight(sigma) * process.Precondition(sigma).Out.square()).MaxError(torch.ones_like(sigma)), Is.LessThan(1e-12));
    }

    [Test]
    public void Training_levels_are_uniform_over_the_steps()
    {
        var schedule = DiscreteSchedule.Scaled(25);
        var sigmas = new DdpmProcess(schedule).TrainingSigmas(new(1, "sigma", torch.CPU), 0, 50_000).data<double>().ToArray();
        var steps = sigmas.Select(s => (int)Math.Round(schedule.Time(s))).ToList();
        Assert.That(sigmas, Has.All.Matches<double>(s => Math.Abs(schedule.Time(s) - Math.Round(schedule.Time(s))) < 1e-6));
        var counts = Enumerable.Range(1, 25).Select(t => steps.Count(s => s == t));
        // 2000 expected each; chi-square with 24 degrees of freedom exceeds 51.2 once in a thousand.
        Assert.That(counts.Sum(c => Math.Pow(c - 2000, 2) / 2000), Is.LessThan(51.2));
    }
}
