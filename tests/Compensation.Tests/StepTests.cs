namespace Dfx.Compensation.Tests;

/// <summary>The step's formulas; numbers in the comments are those of a calculation in float64 outside of this code.</summary>
[TestFixture]
internal sealed class StepTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // x̂0 up to 221 |z|, as the noise estimates of an untrained network make it at t = T.
    [TestCase(100, false)]
    [TestCase(100, true)]
    [TestCase(1000, false)]
    [TestCase(1000, true)]
    public void With_the_true_term_a_step_lands_on_the_forward_process(int steps, bool wild)
    {
        var (sigma, next) = Neighbours(steps);
        AssertExact(sigma, next, wild);
    }

    // Weights of jumps are large, so that wild estimates take float64 to cancel.
    [TestCase(100, false)]
    [TestCase(100, true)]
    [TestCase(1000, false)]
    [TestCase(1000, true)]
    public void So_does_a_jump_over_several_levels(int steps, bool wild)
    {
        var sigmas = Problem.Sigmas(steps);
        var from = torch.arange(1, steps + 1, torch.int64);
        AssertExact(sigmas.index_select(0, from), sigmas.index_select(0, (from.@double() * 0.37).to(torch.int64)), wild, wild ? torch.float64 : torch.float32);
    }

    [TestCase(100)]
    [TestCase(1000)]
    public void With_a_perfect_estimate_there_is_no_term(int steps)
    {
        var (sigma, next) = Neighbours(steps);
        var (clean, z) = (Problem.Uniform("clean", steps, 1, 4, 4), Problem.Normal("z", steps, 1, 4, 4));
        Assert.That(Compensation.Oracle(clean, clean, sigma, next).abs().max().ToDouble(), Is.Zero);
        var landed = Compensation.Step(Compensation.Forward(clean, z, sigma), clean, z, sigma, next, null);
        Assert.That(landed.MaxError(Compensation.Forward(clean, z, next)), Is.LessThan(1e-5));
    }

    [TestCase(100, 1.6e-5, 0.0518, 0.1180, -0.01965)]
    [TestCase(1000, 5.0e-7, 0.0049, 0.0102, -0.00192)]
    public void Weights_are_negative_and_the_term_in_units_of_noise_rises(int steps, double first, double middle, double last, double strongest)
    {
        var (sigma, next) = Neighbours(steps);
        var (w, k) = (Compensation.Weight(sigma, next), Compensation.NoiseWeight(sigma, next).data<double>().ToArray());
        Assert.That(w.lt(0).all().ToBoolean());
        Assert.That(w.min().ToDouble(), Is.EqualTo(strongest).Within(1e-5));
        Assert.That(w.sum().ToDouble(), Is.EqualTo(Compensation.Signal(sigma)[^1].ToDouble() - 1).Within(1e-6));
        Assert.That(k, Is.Ordered.Ascending.And.All.Positive);
        Assert.That(k[0], Is.EqualTo(first).Within(5).Percent);
        Assert.That((k[(steps / 2) - 1], k[^1]), Is.EqualTo((middle, last)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-4 && Math.Abs(a.Item2 - b.Item2) < 1e-4));
    }

    // c* = -k (z - eps) where x is on the forward process.
    [TestCase(100)]
    [TestCase(1000)]
    public void The_term_is_the_error_of_the_noise_estimate(int steps)
    {
        var (sigma, next) = Neighbours(steps);
        var (clean, z, eps) = (Problem.Uniform("clean", steps, 1, 4, 4), Problem.Normal("z", steps, 1, 4, 4), Problem.Normal("eps", steps, 1, 4, 4));
        var term = Compensation.Oracle(Compensation.Clean(Compensation.Forward(clean, z, sigma), eps, sigma), clean, sigma, next);
        var expected = (z - eps) * -Compensation.NoiseWeight(sigma, next).@float().view(-1, 1, 1, 1);
        Assert.That(term.MaxError(expected), Is.LessThan(1e-5));
    }

    [TestCase(100)]
    [TestCase(1000)]
    public void Ddim_is_compensated_by_a_weight_of_its_own(int steps)
    {
        var sigmas = Problem.Sigmas(steps);
        var (sigma, next) = (sigmas.narrow(0, 1, steps), sigmas.narrow(0, 0, steps));
        var (clean, z, estimate, r) = (Problem.Uniform("clean", steps, 1, 4, 4), Problem.Normal("z", steps, 1, 4, 4), Problem.Uniform("estimate", steps, 1, 4, 4), Problem.Normal("r", steps, 1, 4, 4));
        var (x, w) = (Compensation.Forward(clean, z, sigma), Compensation.DdimWeight(sigma, next).@float().view(-1, 1, 1, 1));
        Assert.That((Ddim(x, estimate, sigma, next) + (w * (estimate - clean))).MaxError(Compensation.Forward(clean, z, next)), Is.LessThan(1e-5));
        Assert.That((Ddim(x, estimate, sigma, next) + (w * r)).MaxError(Ddim(x, estimate - r, sigma, next)), Is.LessThan(1e-5));
    }

    // w / w_d at T = 100: where the data are near, the paper's weight does a thousandth of what a step of DDIM would need.
    [TestCase(1, 0.001, 0.0006)]
    [TestCase(10, 0.09, 0.005)]
    [TestCase(20, 0.33, 0.005)]
    [TestCase(50, 0.92, 0.005)]
    [TestCase(100, 1, 0.005)]
    public void The_papers_weight_is_a_share_of_it(int t, double share, double within)
    {
        var sigmas = Problem.Sigmas(100);
        var (sigma, next) = (sigmas.narrow(0, t, 1), sigmas.narrow(0, t - 1, 1));
        Assert.That((Compensation.Weight(sigma, next) / Compensation.DdimWeight(sigma, next)).ToDouble(), Is.EqualTo(share).Within(within));
    }

    // In EDM's frame the signal has the scale 1 at every level: what would be w there is 0, and only the weight of this frame is offered.
    [Test]
    public void The_frame_is_the_variance_preserving_one()
    {
        var sigma = torch.tensor(new[] { 0.002, 0.5, 80 });
        Assert.That((Compensation.Signal(sigma).square() + Compensation.Deviation(sigma).square()).MaxError(torch.ones_like(sigma)), Is.LessThan(1e-15));
        Assert.That(Compensation.Weight(sigma, sigma * 0.9).lt(0).all().ToBoolean());
        Assert.That((Compensation.Signal(torch.zeros(1, torch.float64)).ToDouble(), Compensation.Deviation(torch.zeros(1, torch.float64)).ToDouble()), Is.EqualTo((1.0, 0.0)));
    }

    [Test]
    public void Schedules_end_where_those_of_a_thousand_steps_do()
    {
        var (scaled, respaced) = (DiscreteLevels.Schedule(CsSchedule.Linear, 100), DiscreteLevels.Schedule(CsSchedule.Respaced, 100));
        var thousand = DiscreteLevels.Schedule(CsSchedule.Linear, 1000);
        Assert.That(thousand.AlphaBar(1000), Is.EqualTo(4.0358e-5).Within(0.01).Percent);
        Assert.That(scaled.AlphaBar(100), Is.EqualTo(2.0390e-5).Within(0.01).Percent);
        Assert.That(Enumerable.Range(1, 100).Max(t => Math.Abs(respaced.AlphaBar(t) - thousand.AlphaBar(10 * t))), Is.LessThan(1e-12));
        Assert.That(Enumerable.Range(1, 100).Max(t => Math.Abs(respaced.AlphaBar(t) - scaled.AlphaBar(t))), Is.InRange(0.005, 0.0076));
        Assert.That(() => DiscreteLevels.Schedule(CsSchedule.Respaced, 300), Throws.ArgumentException.With.Message.Contains("300 steps do not divide"));
    }

    // Cold Diffusion's step with the noise that DDIM estimates is DDIM's step.
    [TestCase(100)]
    [TestCase(1000)]
    public void With_estimated_noise_a_step_without_term_is_ddims(int steps)
    {
        var (sigma, next) = Neighbours(steps);
        var (x, estimate) = (Compensation.Forward(Problem.Uniform("clean", steps, 1, 4, 4), Problem.Normal("z", steps, 1, 4, 4), sigma).@double(), Problem.Uniform("estimate", steps, 1, 4, 4).@double());
        var z = (x - (estimate * Compensation.Signal(sigma).view(-1, 1, 1, 1))) / Compensation.Deviation(sigma).view(-1, 1, 1, 1);
        Assert.That(Compensation.Step(x, estimate, z, sigma, next, null).MaxError(Ddim(x, estimate, sigma, next)), Is.LessThan(1e-10));
    }

    // Fixed noise and no term: the end is an average of all estimates. On N(0, 0.25) with the best estimate it keeps 9 % of the variance: 0.0898 and 0.0929 in closed form.
    [TestCase(100, 0.0898)]
    [TestCase(1000, 0.0929)]
    public void Without_any_term_trajectories_end_on_the_average_of_their_estimates(int steps, double share)
    {
        const double Variance = 0.25;
        var sigmas = Problem.Sigmas(steps);
        var clean = torch.tensor(new[] { 1.0, 0 }).view(2, 1, 1, 1);
        var z = torch.tensor(new[] { 0.0, 1 }).view(2, 1, 1, 1);

        // All is linear: from x0 = 1, z = 0 and from x0 = 0, z = 1 come the two coefficients of the end.
        var x = Compensation.Forward(clean, z, Both(steps));
        var sum = x - (z * Compensation.Deviation(Both(steps)).view(-1, 1, 1, 1));
        for (var t = steps; t > 0; t--)
        {
            var (sigma, next) = (Both(t), Both(t - 1));
            var (g, f) = (Compensation.Signal(sigma).view(-1, 1, 1, 1), Compensation.Deviation(sigma).view(-1, 1, 1, 1));
            var estimate = x * (g * Variance / ((g.square() * Variance) + f.square()));
            sum += estimate * -Compensation.Weight(sigma, next).view(-1, 1, 1, 1);
            x = Compensation.Step(x, estimate, z, sigma, next, null);
        }

        Assert.That(x.MaxError(sum), Is.LessThan(1e-10));
        var (ofClean, ofNoise) = (x[0].ToDouble(), x[1].ToDouble());
        Assert.That(((ofClean * ofClean * Variance) + (ofNoise * ofNoise)) / Variance, Is.EqualTo(share).Within(0.001));

        torch.Tensor Both(int t) => sigmas[t].expand(2);
    }

    private static (torch.Tensor Sigma, torch.Tensor Next) Neighbours(int steps) =>
        (Problem.Sigmas(steps).narrow(0, 1, steps), Problem.Sigmas(steps).narrow(0, 0, steps));

    private static void AssertExact(torch.Tensor sigma, torch.Tensor next, bool wild, torch.ScalarType dtype = torch.ScalarType.Float32)
    {
        var rows = sigma.shape[0];
        var (clean, z) = (Problem.Uniform("clean", rows, 1, 4, 4).to(dtype), Problem.Normal("z", rows, 1, 4, 4).to(dtype));
        var estimate = (wild ? clean + (Problem.Normal("wild", rows, 1, 4, 4) * sigma.view(-1, 1, 1, 1)) : Problem.Uniform("estimate", rows, 1, 4, 4)).to(dtype);
        var landed = Compensation.Step(Compensation.Forward(clean, z, sigma), estimate, z, sigma, next, Compensation.Oracle(estimate, clean, sigma, next));
        Assert.That(landed.MaxError(Compensation.Forward(clean, z, next)), Is.LessThan(dtype == torch.float64 ? 1e-11 : 1e-5));
    }

    private static torch.Tensor Ddim(torch.Tensor x, torch.Tensor clean, torch.Tensor sigma, torch.Tensor next)
    {
        var z = (x - (clean * Compensation.Signal(sigma).to(x.dtype).view(-1, 1, 1, 1))) / Compensation.Deviation(sigma).to(x.dtype).view(-1, 1, 1, 1);
        return Compensation.Forward(clean, z, next);
    }
}
