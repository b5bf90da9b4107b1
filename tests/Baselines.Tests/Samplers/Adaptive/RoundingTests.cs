namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// Samples beside those of a network that rounds otherwise, as convolutions of float32 do when the batch has another size: at most one of 255
/// grey values may differ, whatever steps an error estimate chooses.
/// </summary>
[TestFixture]
internal sealed class RoundingTests
{
    // Convolutions of a batch of 1 and of 8 were seen 2e-6 apart, linear layers 5e-5.
    private const double Rounding = 2e-5;
    private const double OneOf255 = 2.0 / 255;

    private static readonly INoiseSchedule[] s_schedules = [new EdmSchedule(), new VeSchedule(0.01, 50), new VpSchedule(), DiscreteSchedule.Linear()];

    private static readonly ISampler<IDenoiser>[] s_samplers =
    [
        new DpmSolverAdaptiveSampler(new()),
        new DpmSolverAdaptiveSampler(new(2)),
        new DpmSolverAdaptiveSampler(new(InitialStep: 1e-3)),
        new Rk45Sampler(new(Rtol: 1e-3, Atol: 1e-3)),
        new Rk45Sampler(new(Rtol: 0.05, Atol: 0.0078)),
    ];

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [Test]
    public void A_sample_survives_another_rounding([ValueSource(nameof(s_samplers))] ISampler<IDenoiser> sampler, [ValueSource(nameof(s_schedules))] INoiseSchedule schedule)
    {
        var (one, other) = (Run(sampler, schedule, seed: 1), Run(sampler, schedule, seed: 2));
        Assert.That(one.abs().max().ToDouble(), Is.GreaterThan(0.5));
        Assert.That(one.MaxError(other), Is.LessThan(OneOf255));
    }

    // Eight points of 16x16 numbers with a little noise: what samples tend to is decided on the way.
    private static torch.Tensor Run(ISampler<IDenoiser> sampler, INoiseSchedule schedule, ulong seed)
    {
        using var random = new torch.Generator(seed, torch.CPU);
        var angles = torch.arange(8 * 256, torch.ScalarType.Float64).view(8, 256);
        using var model = new Mixture((angles.square() * 0.37).sin() * 0.7, torch.full([8], 0.125, torch.ScalarType.Float64), torch.full([8], 0.1, torch.ScalarType.Float64), new(1, 16, 16), schedule);
        using var rounded = new Wrapped(model, (x, sigma) => model.Denoise(x, sigma) + (torch.randn(x.shape, x.dtype, generator: random) * Rounding));
        return sampler.Sample(rounded, Requests.Of(sampler, rounded, 100, count: 8));
    }
}
