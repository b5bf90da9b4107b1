namespace Dfx.Baselines.Tests.Methods;

/// <summary>Losses and weights against those of NVlabs/edm, Newbeeer/pfgmpp and jychoi118/P2-weighting.</summary>
[TestFixture]
internal sealed class LossGoldenTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void The_loss_of_denoising_score_matching_agrees()
    {
        using var golden = new GoldenFile("stf");
        var loss = Loss(golden["c_perturbed"], golden["c_sigma"].view(-1), golden["c_images"]);
        Assert.That(Relative(loss, golden["c_loss_plain"]), Is.LessThan(1e-5));
    }

    // The published code clips B to [1e-3, 1 - 1e-3] and adds 1e-8 twice.
    [Test]
    public void Noise_and_loss_of_pfgmpp_agree()
    {
        using var golden = new GoldenFile("pfgmpp");
        var (images, gaussian, beta) = (golden["toy_images"], golden["toy_gaussian"], golden["toy_beta"]);
        var chi = gaussian.square().sum(1L) * (1 - beta) / beta;
        var noise = StudentNoise.Of(gaussian.view_as(images), chi, golden.Doubles("toy_D_N")[0]);
        var noisy = images + (noise * golden["toy_sigma"].view(-1, 1, 1, 1));
        Assert.That(noisy.MaxError(golden["toy_perturbed"]), Is.LessThan(1e-6));
        Assert.That(Relative(Loss(noisy, golden["toy_sigma"], images), golden["toy_loss_plain"]), Is.LessThan(1e-5));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void Weights_of_p2_agree(int which)
    {
        using var golden = new GoldenFile("tables");
        var (schedule, c) = (DiscreteSchedule.Scaled(1000), golden.Doubles($"p2_{which}_gamma_k"));
        var process = new P2Process(new DdpmProcess(schedule), c[0], c[1]);
        var sigma = torch.tensor(golden.Doubles("p2_t").Select(t => schedule.Sigma(t + 1)).ToArray());
        var weights = process.Weight(sigma) * sigma.square();
        Assert.That(Relative(weights, golden[$"p2_{which}_weight"]), Is.LessThan(1e-11));
    }

    // The published code computes its own variant of the cosine schedule.
    [Test]
    public void The_schedule_of_cold_diffusion_agrees()
    {
        using var golden = new GoldenFile("cold_diffusion");
        var expected = golden.Doubles("noise_alphas_cumprod");
        var schedule = DdpmSchedule.Cosine.Of(expected.Length);
        Assert.That(Enumerable.Range(1, expected.Length).Select(t => schedule.AlphaBar(t)), Is.EqualTo(expected).Within(1e-10));
    }

    [Test]
    public void With_gamma_and_k_of_one_the_weight_of_p2_is_the_share_of_noise()
    {
        var schedule = DiscreteSchedule.Scaled(100);
        double[] steps = [1, 20, 57, 100];
        var sigma = torch.tensor(steps.Select(schedule.Sigma).ToArray());
        var weights = new P2Process(new DdpmProcess(schedule), 1, 1).Weight(sigma) * sigma.square();
        Assert.That(Relative(weights, torch.tensor(steps.Select(t => 1 - schedule.AlphaBar(t)).ToArray())), Is.LessThan(1e-11));
    }

    // The published losses are those of a network that halves its input; here D(x) = x / 2 whatever the network says.
    private static torch.Tensor Loss(torch.Tensor noisy, torch.Tensor sigma, torch.Tensor clean)
    {
        using var network = UNets.Create(new() { Channels = 4, Multipliers = [1] }, new(new(3, 4, 4)), 1);
        return ScoreMatching.Errors(new Halving(), network, noisy.@float(), sigma, clean.@float());
    }

    private static double Relative(torch.Tensor actual, torch.Tensor expected) =>
        ((actual.@double() - expected).abs() / expected.abs().clamp_min(1e-3)).max().ToDouble();

    private sealed class Halving : IProcess
    {
        private readonly EdmProcess _edm = new();

        public INoiseSchedule Schedule => _edm.Schedule;

        public Coefficients Precondition(torch.Tensor sigma) =>
            new(torch.full_like(sigma, 0.5), torch.zeros_like(sigma), torch.ones_like(sigma), torch.zeros_like(sigma));

        public torch.Tensor Weight(torch.Tensor sigma) => _edm.Weight(sigma);

        public torch.Tensor TrainingSigmas(StepNoise noise, long step, int count) => _edm.TrainingSigmas(noise, step, count);
    }
}
