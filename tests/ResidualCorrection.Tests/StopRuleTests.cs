using Dfx.Baselines;

namespace Dfx.ResidualCorrection.Tests;

/// <summary>i*, the level that a correction takes over at, on the levels of samplers as they are published.</summary>
[TestFixture]
internal sealed class StopRuleTests
{
    private static readonly StopRule s_rule = new(0.01, StopSide.AtOrAbove);

    [TestCase(18, 15, 0.022935)]
    [TestCase(40, 36, 0.010812)]
    [TestCase(5, 3, 0.16975)]
    [TestCase(10, 8, 0.020435)]
    [TestCase(25, 22, 0.012238)]
    public void Of_EDM_s_levels(int steps, int index, double sigma)
    {
        var levels = new HeunSampler(new()).Levels(FormulaDenoiser.Gaussian(), (2 * steps) - 1);
        Found(levels, index, sigma);
        Assert.That(levels, Has.Count.EqualTo(steps + 1).And.One.EqualTo(0));
    }

    [Test]
    public void Of_DDPM_s_chain_it_is_the_last_one_which_is_a_little_above()
    {
        var levels = Enumerable.Range(0, 1000).Reverse().Select(i => DiscreteSchedule.Scaled(1000).Sigma(1 + i)).Append(0).ToList();
        Found(levels, 999, 0.0100005);
        Assert.That(levels[999], Is.GreaterThan(0.01).And.LessThan(0.01 * (1 + 1e-4)));
    }

    [TestCase(2, 12, 5, 0.01915)]
    [TestCase(2, 24, 10, 0.01915)]
    [TestCase(2, 48, 21, 0.01222)]
    [TestCase(3, 12, 3, 0.0470)]
    [TestCase(3, 24, 7, 0.0122)]
    [TestCase(3, 48, 14, 0.0122)]
    public void Of_DPM_Solver_s_steps_to_t_1e_4(int order, int nfe, int index, double sigma) => Found(Solver(order, nfe, 1e-4), index, sigma);

    [TestCase(2, 12)]
    [TestCase(3, 24)]
    [TestCase(2, 48)]
    public void To_t_1e_3_it_is_the_last_one(int order, int nfe)
    {
        var levels = Solver(order, nfe, 1e-3);
        Found(levels, levels.Count - 1, 0.010486);
    }

    [TestCase(10, 9, 0.0510)]
    [TestCase(20, 19, 0.0219)]
    [TestCase(50, 48, 0.0175)]
    public void Of_DEIS_s_quadratic_levels(int nfe, int index, double sigma) =>
        Found(new DeisSampler(new(EndTime: 1e-4)).Levels(FormulaDenoiser.Gaussian(0.5, new VpSchedule(TimeMin: 1e-4)), nfe), index, sigma);

    [Test]
    public void Order_does_not_matter() => Assert.That(s_rule.Index([5, 0, 0.02, 0.5, 0.005]), Is.EqualTo(2));

    [Test]
    public void A_level_that_equals_c_is_kept_whatever_its_last_bits()
    {
        Assert.That(s_rule.Index([1, 0.1, 0.01, 0.001, 0]), Is.EqualTo(2));
        Assert.That(s_rule.Index([1, 0.1, 0.01 * (1 - 5e-7), 0.001, 0]), Is.EqualTo(2));
        Assert.That(s_rule.Index([1, 0.1, 0.01 * (1 - 5e-6), 0.001, 0]), Is.EqualTo(1));
    }

    [Test]
    public void A_chain_that_ends_higher_has_its_own_c() => Assert.That(s_rule.Index([10, 1, 0.2, 0.02]), Is.EqualTo(3));

    [Test]
    public void As_printed_Algorithm_2_takes_the_first_level_below() => Assert.That(
        new StopRule(0.01, StopSide.FirstBelow).Index(new HeunSampler(new()).Levels(FormulaDenoiser.Gaussian(), 35)), Is.EqualTo(16));

    [Test]
    public void Without_a_level_there_is_one_clear_reason()
    {
        Assert.That(() => s_rule.Index([80, 0]), Throws.InstanceOf<NotApplicableException>().With.Message.Contain("larger budget"));
        Assert.That(() => s_rule.Index([0.008, 0.004]), Throws.InstanceOf<NotApplicableException>().With.Message.Contain("at or above 0.01"));
        Assert.That(() => s_rule.Index([0.02, 0.001]), Throws.InstanceOf<NotApplicableException>().With.Message.Contain("the sampler's first one (0.02)"));
    }

    private static IReadOnlyList<double> Solver(int order, int nfe, double time)
    {
        var schedule = new VpSchedule(TimeMin: time);
        var sampler = new DpmSolverSampler(new(Order: order, Method: DpmSolverMethod.SingleStepFixed));
        return sampler.Levels(FormulaDenoiser.Gaussian(0.5, schedule), nfe);
    }

    private static void Found(IReadOnlyList<double> levels, int index, double sigma)
    {
        var found = s_rule.Index(levels);
        Assert.That(found, Is.EqualTo(index));
        Assert.That(levels[found], Is.EqualTo(sigma).Within(0.5).Percent);
    }
}
