namespace Dfx.SoftDiffusion.Tests.Training;

[TestFixture]
internal sealed class SoftLossTests
{
    private static readonly double[] s_times = [1e-5, 0.05, 0.18, 0.5, 0.8, 1];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    // score_sde's loss of a variance-exploding diffusion: ½ ‖sigma score + z‖².
    [Test]
    public void Without_a_corruption_it_is_score_matching()
    {
        var problem = new Problem(new GaussianBlur(8, 8, 8, 0.01));
        var score = ((problem.Noisy + (problem.Output * problem.Sigma)) - problem.Noisy) / problem.Sigma.square();
        var expected = ((score * problem.Sigma) + problem.Noise).square().sum([1L, 2, 3]) / 2;
        Assert.That(Relative(problem.Loss(SoftObjective.Soft), expected), Is.LessThan(1e-5));
        Assert.That(Relative(problem.Loss(SoftObjective.CleanL2), expected), Is.LessThan(1e-5));
    }

    private static IEnumerable<ILinearCorruption> Operators() =>
        [new GaussianBlur(8, 8, 8, 3), new GaussianBlur(8, 8, 3, 3), new Masking(8, 8), new Masking(8, 8, MaskOrder.Pixels, 5)];

    // w C' C (phi - r) with w = 1 / sigma² and C as a matrix.
    [TestCaseSource(nameof(Operators))]
    public void Its_gradient_is_the_corruption_of_the_corrupted_error(ILinearCorruption linear)
    {
        var problem = new Problem(linear);
        var phi = (problem.Output * problem.Sigma).requires_grad_(true);
        problem.Loss(SoftObjective.Soft, phi / problem.Sigma).sum().backward();
        for (var i = 0; i < s_times.Length; i++)
        {
            var basis = torch.eye(64, dtype: torch.ScalarType.Float64).view(64, 1, 8, 8);
            var matrix = linear.Apply(basis, problem.Schedule.Level(s_times[i])).view(64, 64).t();
            var error = (phi[i] - (problem.Clean - problem.Noisy)[i]).detach().view(-1, 64);
            var expected = error.mm(matrix.t()).mm(matrix) / problem.Sigma[i].square().view(1, 1);
            Assert.That(phi.grad![i].view(-1, 64).MaxError(expected), Is.LessThan(1e-5 * expected.abs().max().ToDouble() + 1e-12), $"t = {s_times[i]}");
        }
    }

    [TestCaseSource(nameof(Operators))]
    public void It_weights_the_corrupted_error_by_the_noise(ILinearCorruption linear)
    {
        var problem = new Problem(linear);
        var residual = problem.Clean - problem.Noisy;
        var corrupted = torch.cat([.. s_times.Select((t, i) =>
            linear.Apply(((problem.Output * problem.Sigma) - residual).narrow(0, i, 1), problem.Schedule.Level(t)))]);
        Assert.That(Relative(problem.Loss(SoftObjective.Soft), (corrupted / problem.Sigma).square().sum([1L, 2, 3]) / 2), Is.LessThan(1e-5));
        var l1 = ((problem.Output * problem.Sigma) - residual).abs().mean([1L, 2, 3]) / 2;
        Assert.That(Relative(problem.Loss(SoftObjective.CleanL1), l1), Is.LessThan(1e-5), "in units of images in [0, 1]");
    }

    [TestCaseSource(nameof(Operators))]
    public void The_clean_objective_bounds_it(ILinearCorruption linear)
    {
        var problem = new Problem(linear);
        var (soft, clean) = (problem.Loss(SoftObjective.Soft).data<double>().ToArray(), problem.Loss(SoftObjective.CleanL2).data<double>().ToArray());
        for (var i = 0; i < s_times.Length; i++)
        {
            var norm = linear.Norm(problem.Schedule.Level(s_times[i]));
            Assert.That(soft[i], Is.LessThanOrEqualTo((norm * norm * clean[i]) + 1e-9));
        }
    }

    [Test]
    public void What_a_mask_hides_does_not_count([Values] MaskOrder order)
    {
        var linear = new Masking(8, 8, order);
        var problem = new Problem(linear);
        var mask = linear.Apply(torch.ones_like(problem.Output), problem.Schedule.Levels(problem.Times));
        var elsewhere = problem.Output + (Images.Normal("hidden", 6, 2, 8, 8) * mask.eq(0).@double());
        Assert.That(problem.Loss(SoftObjective.Soft, elsewhere).MaxError(problem.Loss(SoftObjective.Soft)), Is.LessThan(1e-6));
        Assert.That(problem.Loss(SoftObjective.CleanL2, elsewhere).MaxError(problem.Loss(SoftObjective.CleanL2)), Is.GreaterThan(1));
        Assert.That(problem.Loss(SoftObjective.Soft, problem.Output + 1).MaxError(problem.Loss(SoftObjective.Soft)), Is.GreaterThan(1));
    }

    // What a batch gives: t is uniform, the noise that of dsm, and nothing but F comes from the network.
    [TestCase("ddpmpp", 999)]
    [TestCase("ncsnpp", 1)]
    [TestCase("adm", 999)]
    public void Of_a_batch_it_is_that_of_its_corrupted_images(string family, double scale)
    {
        var context = Runs.Context(new SmoothData(side: 8), batch: 6);
        context = context with { Model = context.Model with { Network = context.Model.Network with { Family = family } } };
        var corruption = new SoftCorruption(new GaussianBlur(8, 8, 8, 3), new([0.01, 3]));
        using var network = UNets.For(context.Model);
        network.parameters().ToList().ForEach(p => p.detach().add_(0.02));
        network.eval();
        using var batches = new TrainingBatches(context);
        using var batch = batches.Of(3);
        var t = (context.Noise("t").Uniform(3, 6).@double() * (1 - 1e-5)) + 1e-5;
        var sigma = (corruption.Schedule.Sigmas(t) * 2).view(-1, 1, 1, 1);
        var noise = ScoreMatching.Perturb(new VeProcess(1, 1), batch).Noisy - batch.Clean;
        var noisy = (corruption.Apply(batch.Clean, t) + (noise * sigma)).@float();
        var output = network.call(noisy, (t * scale).@float(), null);
        var expected = new SoftLoss(SoftObjective.Soft, corruption).Of(output.@double(), (batch.Clean - noisy) / sigma, sigma, t);
        var loss = new SoftLoss(SoftObjective.Soft, corruption).Of(network, batch);
        Assert.That(loss.shape, Is.EqualTo(new long[] { 6 }));
        Assert.That(Relative(loss, expected), Is.LessThan(1e-4));
    }

    private static double Relative(torch.Tensor actual, torch.Tensor expected) => ((actual - expected) / expected).abs().max().ToDouble();

    /// <summary>Corrupted images and a prediction of all times, in float64 and in [-1, 1].</summary>
    private sealed class Problem
    {
        private readonly SoftCorruption _corruption;

        internal Problem(ILinearCorruption linear)
        {
            _corruption = new(linear, new([linear.Least, linear.Most]));
            Times = torch.tensor(s_times);
            Clean = (Images.Smooth(s_times.Length, 2, 8, 8) * 2) - 1;
            Noise = Images.Normal("noise", s_times.Length, 2, 8, 8);
            Output = Images.Normal("output", s_times.Length, 2, 8, 8);
            Sigma = torch.tensor(s_times.Select(t => 2 * Schedule.Sigma(t)).ToArray()).view(-1, 1, 1, 1);
            Noisy = _corruption.Apply(Clean, Times) + (Noise * Sigma);
        }

        internal SoftSchedule Schedule => _corruption.Schedule;

        internal torch.Tensor Times { get; }

        internal torch.Tensor Clean { get; }

        internal torch.Tensor Noise { get; }

        internal torch.Tensor Output { get; }

        internal torch.Tensor Sigma { get; }

        internal torch.Tensor Noisy { get; }

        internal torch.Tensor Loss(SoftObjective objective, torch.Tensor? output = null) =>
            new SoftLoss(objective, _corruption).Of(output ?? Output, (Clean - Noisy) / Sigma, Sigma, Times);
    }
}
