using static Dfx.Torch.torch.optim.lr_scheduler;

namespace Dfx.Torch.Tests.Networks;

/// <summary>Learning-rate schedules against tables worked out by PyTorch's recurrences, which its chained forms use.</summary>
public sealed class ScheduleTests : ScopedTests
{
    private const double Initial = 0.4;

    [Test]
    public void LambdaLR_multiplies_the_initial_rate() =>
        Follows(o => LambdaLR(o, t => 1.0 / (1 + t)), 6, [0.4, 0.2, 0.4 / 3, 0.1, 0.08, 0.4 / 6]);

    [Test]
    public void StepLR_falls_every_few_steps() => Follows(o => StepLR(o, 2, 0.5), 6, [0.4, 0.4, 0.2, 0.2, 0.1, 0.1]);

    [Test]
    public void MultiStepLR_falls_at_its_milestones() => Follows(o => MultiStepLR(o, [1, 4], 0.5), 6, [0.4, 0.2, 0.2, 0.2, 0.1, 0.1]);

    [Test]
    public void MultiStepLR_counts_a_repeated_milestone_once_as_TorchSharp_does() =>
        Follows(o => MultiStepLR(o, [2, 2], 0.5), 4, [0.4, 0.4, 0.2, 0.2]);

    // A warm-up and a decay, made one after the other and stepped in turn: their factors multiply.
    [Test]
    public void Two_schedules_of_one_optimizer_multiply()
    {
        using var optimizer = Optimizer();
        LRScheduler[] both = [LinearLR(optimizer, 0.25, 1, 3), ExponentialLR(optimizer, 0.5)];
        List<double> rates = [];
        for (var t = 0; t < 5; t++)
        {
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            Array.ForEach(both, s => s.step());
        }

        Assert.That(rates, Is.EqualTo(new[] { 0.1, 0.2 / 2, 0.3 / 4, 0.4 / 8, 0.4 / 16 }).Within(1e-15));
    }

    [Test]
    public void A_rate_set_by_hand_is_gone_on_from()
    {
        using var optimizer = Optimizer();
        var schedule = ExponentialLR(optimizer, 0.5);
        optimizer.ParamGroups.Single().LearningRate = 0.01;
        schedule.step();
        Assert.That(schedule.get_last_lr(), Is.EqualTo(new[] { 0.005 }).Within(1e-15));
    }

    [Test]
    public void A_schedule_of_no_steps_is_refused()
    {
        using var optimizer = Optimizer();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => LinearLR(optimizer, total_iters: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => CosineAnnealingLR(optimizer, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => StepLR(optimizer, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void ExponentialLR_falls_every_step() => Follows(o => ExponentialLR(o, 0.5), 4, [0.4, 0.2, 0.1, 0.05]);

    [Test]
    public void LinearLR_grows_in_a_line_and_stays() =>
        Follows(o => LinearLR(o, 0.25, 1, 3), 6, [0.1, 0.2, 0.3, 0.4, 0.4, 0.4]);

    [Test]
    public void LinearLR_defaults_to_a_warm_up_of_five_steps() =>
        Follows(o => LinearLR(o), 7, [.. Enumerable.Range(0, 7).Select(t => Math.Min(0.4, (0.4 / 3) + (t * 0.4 * 2 / 15)))]);

    [Test]
    public void CosineAnnealingLR_follows_PyTorchs_recurrence()
    {
        var (rate, expected) = (Initial, new double[10]);
        for (var t = 0; t < 10; t++)
        {
            expected[t] = rate;
            rate = ((1 + Math.Cos(Math.PI * (t + 1) / 10)) / (1 + Math.Cos(Math.PI * t / 10)) * (rate - 0.1)) + 0.1;
        }

        Follows(o => CosineAnnealingLR(o, 10, 0.1), 10, expected);
    }

    [Test]
    public void CosineAnnealingLR_ends_at_its_least_rate() => Follows(o => CosineAnnealingLR(o, 2, 0.1), 3, [0.4, 0.25, 0.1]);

    [Test]
    public void A_schedule_starts_where_it_is_told_to()
    {
        using var optimizer = Optimizer();
        var schedule = ExponentialLR(optimizer, 0.5, last_epoch: 2);
        Assert.That(schedule.get_last_lr(), Is.EqualTo(new[] { 0.2 }).Within(1e-15), "one step on from the rate in force");
    }

    [Test]
    public void The_optimizer_steps_by_the_scheduled_rate()
    {
        using var parameter = new Parameter(torch.zeros(1, torch.float64));
        using var optimizer = torch.optim.SGD([parameter], Initial);
        var schedule = ExponentialLR(optimizer, 0.5);
        for (var t = 0; t < 3; t++)
        {
            parameter.grad = torch.ones(1, torch.float64);
            optimizer.step();
            schedule.step();
        }

        Assert.That(parameter.ToDouble(), Is.EqualTo(-0.7).Within(1e-15));
    }

    private static void Follows(Func<torch.optim.Optimizer, LRScheduler> make, int steps, double[] expected)
    {
        using var optimizer = Optimizer();
        var schedule = make(optimizer);
        List<double> rates = [];
        for (var t = 0; t < steps; t++)
        {
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            Assert.That(schedule.get_last_lr(), Is.EqualTo(new[] { rates[^1] }));
            schedule.step();
        }

        Assert.That(rates, Is.EqualTo(expected).Within(1e-15));
        Assert.That(optimizer.ParamGroups.Single().InitialLearningRate, Is.EqualTo(Initial));
    }

    private static SGD Optimizer() => torch.optim.SGD([new Parameter(torch.zeros(1))], Initial);
}
