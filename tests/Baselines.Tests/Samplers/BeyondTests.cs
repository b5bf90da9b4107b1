namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Budgets above the number of steps that a model was trained on.</summary>
[TestFixture]
internal sealed class BeyondTests
{
    private const int Trained = 100;

    [TestCase(101)]
    [TestCase(200)]
    [TestCase(1000)]
    public void By_default_the_trained_steps_are_taken(int nfe)
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Scaled(Trained));
        Assert.That(new DdimSampler(new()).Levels(model, nfe), Is.EqualTo(new DdimSampler(new()).Levels(model, Trained)));
    }

    /// <summary>Betas of 100 steps written out: 10 times those of 1000. ln ᾱ is linear between whole steps, and equal steps of t go from T to 1.</summary>
    [TestCase(101)]
    [TestCase(200)]
    [TestCase(1000)]
    public void Interpolated_steps_are_equal_steps_of_fractional_time(int nfe)
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Scaled(Trained));
        var logs = new double[Trained + 1];
        for (var t = 1; t <= Trained; t++)
        {
            logs[t] = logs[t - 1] + Math.Log(1 - (1e-3 + ((0.2 - 1e-3) * (t - 1) / (Trained - 1))));
        }

        double Sigma(double t)
        {
            var low = Math.Min((int)t, Trained - 1);
            return Math.Sqrt(Math.Exp(-(logs[low] + ((t - low) * (logs[low + 1] - logs[low])))) - 1);
        }

        var expected = Enumerable.Range(0, nfe).Select(i => Sigma(Trained - ((Trained - 1.0) * i / (nfe - 1)))).Append(0).ToList();
        var levels = new DdimSampler(new(Beyond: BeyondRule.Interpolate)).Levels(model, nfe);
        Assert.That(levels, Has.Count.EqualTo(nfe + 1));
        Assert.That(levels.Zip(expected, (a, b) => Math.Abs(a - b) / (b + 1e-12)).Max(), Is.LessThan(1e-9));
    }

    [Test]
    public void Up_to_the_trained_steps_the_option_changes_nothing([Values] StepSet steps, [Values(7, 50, Trained)] int nfe)
    {
        using var model = new GaussianModel(0.3, 0.25, DiscreteSchedule.Scaled(Trained));
        Assert.That(
            new DdimSampler(new(Steps: steps, Beyond: BeyondRule.Interpolate)).Levels(model, nfe),
            Is.EqualTo(new DdimSampler(new(Steps: steps)).Levels(model, nfe)));
    }

    [Test]
    public void Continuous_schedules_have_no_such_limit()
    {
        using var model = new GaussianModel(0.3, 0.25, new EdmSchedule());
        Assert.That(new DdimSampler(new(Beyond: BeyondRule.Interpolate)).Levels(model, 300), Is.EqualTo(new DdimSampler(new()).Levels(model, 300)));
    }

    /// <summary>The network is told 1000 t / T also where t is no whole number.</summary>
    [Test]
    public void The_network_is_told_the_fractional_time()
    {
        using var scope = torch.NewDisposeScope();
        var schedule = DiscreteSchedule.Scaled(Trained);
        double[] times = [1, 1.25, 50.5, 99.75, 100];
        var told = new DdpmProcess(schedule).Precondition(torch.tensor(times.Select(schedule.Sigma).ToArray())).Noise;
        Assert.That(told.data<double>().ToArray(), Is.EqualTo(times.Select(t => 10 * t)).Within(1e-6));
    }
}
