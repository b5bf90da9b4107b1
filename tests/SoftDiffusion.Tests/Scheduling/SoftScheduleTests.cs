namespace Dfx.SoftDiffusion.Tests.Scheduling;

[TestFixture]
internal sealed class SoftScheduleTests
{
    private static readonly SoftSchedule s_schedule = new([0.01, 0.5, 1, 4, 23]);

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void Nodes_are_equally_far_apart_behind_the_noise()
    {
        Assert.That(Enumerable.Range(0, 5).Select(i => s_schedule.Level(0.18 + (0.82 * i / 4))), Is.EqualTo(s_schedule.Nodes).Within(1e-12));
        Assert.That((s_schedule.Level(0), s_schedule.Level(0.1), s_schedule.Level(0.18), s_schedule.Level(1)), Is.EqualTo((0.01, 0.01, 0.01, 23.0)));
        Assert.That(s_schedule.Level(0.18 + (0.82 * 0.125)), Is.EqualTo(0.255).Within(1e-12), "half way to the second");
    }

    [Test]
    public void Noise_rises_first_and_then_stays()
    {
        Assert.That((s_schedule.Sigma(0), s_schedule.Sigma(0.18), s_schedule.Sigma(0.5), s_schedule.Sigma(1)), Is.EqualTo((0.0, 0.1, 0.1, 0.1)));
        Assert.That(s_schedule.Sigma(0.09), Is.EqualTo(0.01 * Math.Sqrt(10)).Within(1e-12));
        Assert.That(s_schedule.Sigma(1e-5), Is.EqualTo(0.01).Within(2e-6));
    }

    [Test]
    public void Changing_noise_rises_up_to_the_end()
    {
        var changing = s_schedule with { ChangingNoise = true };
        Assert.That((changing.Sigma(0), changing.Sigma(1)), Is.EqualTo((0.0, 0.1)));
        Assert.That(changing.Sigma(0.5), Is.EqualTo(0.01 * Math.Sqrt(10)).Within(1e-12));
        Assert.That(changing.Level(0.7), Is.EqualTo(s_schedule.Level(0.7)));
    }

    [Test]
    public void Both_never_fall_nor_jump([Values] bool changing)
    {
        var schedule = s_schedule with { ChangingNoise = changing };
        var times = Enumerable.Range(1, 5000).Select(i => i / 5000.0).ToArray();
        foreach (var (curve, most) in new (Func<double, double>, double)[] { (schedule.Sigma, 3e-4), (schedule.Level, 0.025) })
        {
            var values = times.Select(curve).ToArray();
            Assert.That(values, Is.Ordered);
            Assert.That(values.Zip(values.Skip(1), (a, b) => b - a).Max(), Is.LessThan(most));
        }
    }

    [Test]
    public void Rows_are_as_single_times([Values] bool changing)
    {
        var schedule = s_schedule with { ChangingNoise = changing };
        double[] times = [0, 1e-5, 0.05, 0.18, 0.181, 0.3, 0.385, 0.6, 0.999, 1];
        Assert.That(schedule.Sigmas(torch.tensor(times)).data<double>().ToArray(), Is.EqualTo(times.Select(schedule.Sigma)).Within(1e-15));
        Assert.That(schedule.Levels(torch.tensor(times)).data<double>().ToArray(), Is.EqualTo(times.Select(schedule.Level)).Within(1e-13));
        Assert.That(schedule.Sigmas(torch.tensor(times)).data<double>().ToArray()[^1], Is.EqualTo(0.1), "to the bit: nothing is drawn where sigma stays");
    }

    [Test]
    public void Equal_numbers_are_equal_schedules()
    {
        Assert.That(s_schedule, Is.EqualTo(new SoftSchedule([0.01, 0.5, 1, 4, 23])));
        Assert.That(s_schedule, Is.Not.EqualTo(s_schedule with { Share = 0.2 }));
        Assert.That(s_schedule, Is.Not.EqualTo(s_schedule with { Nodes = [0.01, 0.5, 1, 4, 22] }));
    }
}
