namespace Dfx.Diffusion.Tests.Processes;

/// <summary>Against the tables of openai/guided-diffusion, ermongroup/ddim and the continuous process.</summary>
[TestFixture]
internal sealed class DiscreteScheduleGoldenTests
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("tables"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [Test]
    public void Products_of_alphas_agree()
    {
        AssertAlphaBars(DiscreteSchedule.Scaled(1000), "linear0_alphas_cumprod");
        AssertAlphaBars(DiscreteSchedule.Scaled(100), "linear1_alphas_cumprod");
        AssertAlphaBars(DiscreteSchedule.Cosine(100), "cosine_alphas_cumprod");
        AssertAlphaBars(DiscreteSchedule.Linear(100), "unscaled_T100_alphas_cumprod");
    }

    [TestCase(1000, 4.0358e-5)]
    [TestCase(100, 2.0390e-5)]
    public void The_noise_at_the_end_hardly_depends_on_the_number_of_steps(int steps, double expected) =>
        Assert.That(DiscreteSchedule.Scaled(steps).AlphaBar(steps), Is.EqualTo(expected).Within(1e-9));

    [Test]
    public void Too_few_scaled_steps_are_refused() => Assert.That(() => DiscreteSchedule.Scaled(20), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_continuous_process_agrees()
    {
        var (nodes, expected) = (_golden.Doubles("vp_nodes_i"), _golden.Doubles("vp_cont_alpha_bar_at_ip1_over_1000"));
        var schedule = new VpSchedule();
        foreach (var (i, bar) in nodes.Zip(expected))
        {
            Assert.That(Math.Pow(schedule.Scale((i + 1) / 1000), 2), Is.EqualTo(bar).Within(1e-12 * bar));
        }
    }

    private void AssertAlphaBars(DiscreteSchedule schedule, string name)
    {
        var expected = _golden.Doubles(name);
        Assert.That(schedule.Steps, Is.EqualTo(expected.Length));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.That(schedule.AlphaBar(i + 1), Is.EqualTo(expected[i]).Within(1e-12 * expected[i]), $"{name}, step {i + 1}");
        }
    }
}
