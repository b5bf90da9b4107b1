namespace Dfx.Diffusion.Tests.Processes;

/// <summary>What every schedule promises.</summary>
[TestFixture]
internal sealed class ScheduleTests
{
    private static readonly INoiseSchedule[] s_schedules =
    [
        new EdmSchedule(), new VeSchedule(), new VpSchedule(), new SubVpSchedule(), DiscreteSchedule.Linear(), DiscreteSchedule.Cosine(50),
        new IddpmProcess().Schedule,
    ];

    [Test]
    public void Time_is_the_inverse_of_sigma([ValueSource(nameof(s_schedules))] INoiseSchedule schedule)
    {
        foreach (var sigma in Grids.LogSnr(schedule.SigmaMin, schedule.SigmaMax, 50))
        {
            Assert.That(schedule.Sigma(schedule.Time(sigma)), Is.EqualTo(sigma).Within(1e-9 * sigma));
        }
    }

    [Test]
    public void Sigma_rises_with_time([ValueSource(nameof(s_schedules))] INoiseSchedule schedule)
    {
        var sigmas = Grids.Uniform(schedule.Time(schedule.SigmaMin), schedule.Time(schedule.SigmaMax), 100).Select(schedule.Sigma);
        Assert.That(sigmas, Is.Ordered);
    }

    [Test]
    public void Variance_preserving_schedules_keep_the_variance([Values(0.001, 0.3, 1)] double t)
    {
        var schedule = new VpSchedule();
        var (s, sigma) = (schedule.Scale(t), schedule.Sigma(t));
        Assert.That((s * s) + (s * s * sigma * sigma), Is.EqualTo(1).Within(1e-12));
        Assert.That(-2 * Math.Log(s), Is.EqualTo((19.9 * t * t / 2) + (0.1 * t)).Within(1e-12));
    }

    [Test]
    public void The_noise_of_sub_variance_preserving_images_is_one_minus_the_squared_scale([Values(0.001, 0.3, 1)] double t)
    {
        var schedule = new SubVpSchedule();
        var s = schedule.Scale(t);
        Assert.That(Math.Log(s), Is.EqualTo(-(19.9 * t * t / 4) - (0.1 * t / 2)).Within(1e-12));
        Assert.That(s * schedule.Sigma(t), Is.EqualTo(1 - (s * s)).Within(1e-12));
    }

    [Test]
    public void Sub_variance_preserving_networks_see_scaled_images_and_the_time()
    {
        using var scope = torch.NewDisposeScope();
        var (schedule, process) = (new SubVpSchedule(), new SubVpProcess());
        double[] times = [1e-5, 0.01, 0.4, 1];
        var c = process.Precondition(torch.tensor([.. times.Select(schedule.Sigma)]));
        Assert.That(c.Noise.data<double>(), Is.EqualTo(times.Select(t => 999 * t)).Within(1e-9));
        Assert.That(c.In.data<double>(), Is.EqualTo(times.Select(schedule.Scale)).Within(1e-12));
        var noise = new StepNoise(2, "sigma", torch.CPU);
        var drawn = process.TrainingSigmas(noise, 0, 50).data<double>().Select(schedule.Time);
        Assert.That(drawn, Is.EqualTo(noise.Uniform(0, 50).data<float>().Select(u => 1 - (u * (1 - 1e-5)))).Within(1e-9));
    }

    [Test]
    public void Steps_are_those_of_ddim()
    {
        var schedule = DiscreteSchedule.Linear();
        Assert.That(Grids.Steps(schedule, 20).Select(schedule.Time), Is.EqualTo(Enumerable.Range(0, 20).Reverse().Select(i => 1.0 + (50 * i))).Within(1e-9));
        Assert.That(() => Grids.Steps(new EdmSchedule(), 20), Throws.ArgumentException);
    }

    [Test]
    public void Quadratic_steps_crowd_at_the_low_end()
    {
        var schedule = DiscreteSchedule.Linear();
        Assert.That(Grids.QuadraticSteps(schedule, 5).Select(schedule.Time), Is.EqualTo(new[] { 801.0, 451, 201, 51, 1 }).Within(1e-9));
        Assert.That(Grids.QuadraticSteps(schedule, 1).Select(schedule.Time), Is.EqualTo(new[] { 1.0 }).Within(1e-9));
        Assert.That(() => Grids.QuadraticSteps(new EdmSchedule(), 20), Throws.ArgumentException);
    }

    [Test]
    public void Powers_of_time_are_equally_spaced([ValueSource(nameof(s_schedules))] INoiseSchedule schedule, [Values(1, 2, 7)] double k)
    {
        var (low, high) = (schedule.SigmaMin, schedule.SigmaMax);
        var levels = Grids.Power(schedule, low, high, 9, k);
        var roots = levels.Select(sigma => Math.Pow(schedule.Time(sigma), 1 / k)).ToArray();
        Assert.That((levels[0], levels[^1]), Is.EqualTo((high, low)).Using<double>((a, b) => Math.Abs(a - b) <= 1e-9 * b));
        Assert.That(roots.Zip(roots.Skip(1), (a, b) => a - b), Has.All.EqualTo((roots[0] - roots[^1]) / 8).Within(1e-9 * roots[0]));
        Assert.That(() => Grids.Power(schedule, low, high, 9, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
