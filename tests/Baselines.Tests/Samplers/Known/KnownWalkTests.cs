namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Samplers that keep known pixels at one noise of their own, on a model that works on each pixel alone.</summary>
[TestFixture]
internal sealed class KnownWalkTests
{
    private const int Nfe = 12;

    private static readonly Dictionary<string, Func<KnownRule, ISampler<IDenoiser>>> s_samplers = new()
    {
        ["ddim"] = rule => new DdimSampler(new(Known: rule)),
        ["ddim stochastic"] = rule => new DdimSampler(new(Eta: 1, Known: rule)),
        ["euler"] = rule => new EulerSampler(new(Known: rule)),
        ["heun"] = rule => new HeunSampler(new(Known: rule)),
        ["dpm-solver"] = rule => new DpmSolverSampler(new(Known: rule)),
        ["dpm-solver multistep"] = rule => new DpmSolverSampler(new(Method: DpmSolverMethod.Multistep, DenoiseToZero: true, Known: rule)),
        ["dpm-solver-pp"] = rule => new DpmSolverPlusPlusSampler(new(DenoiseToZero: true, Known: rule)),
    };

    private static IEnumerable<string> Names => s_samplers.Keys;

    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    [TestCaseSource(nameof(Names))]
    public void Known_pixels_of_every_state_are_the_images_and_one_noise(string name)
    {
        using var model = Model();
        var sampler = s_samplers[name](KnownRule.Impose);
        var levels = sampler.Levels(model, Nfe);
        var (image, mask) = (Image(4), Mask(4));
        for (var stop = 0; stop < levels.Count; stop++)
        {
            var request = Requests.Of(sampler, model, Nfe, count: 4, stop: stop) with { Condition = new() { Known = image * mask, Mask = mask } };

            // The start is a Gaussian of deviation sigma_0, of which the noise of deviation 1 is a part.
            var expected = image + (request.Start / levels[0] * levels[stop]);
            var state = sampler.Sample(model, request);
            Assert.That(((state - expected) * mask).abs().max().ToDouble(), Is.Zero, $"at {stop}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Hidden_pixels_are_left_alone(string name)
    {
        using var model = Model();
        var (imposing, free) = (s_samplers[name](KnownRule.Impose), s_samplers[name](KnownRule.Free));
        var mask = Mask(3);
        var request = Requests.Of(free, model, Nfe, count: 3, stop: 3) with { Condition = new() { Known = Image(3) * mask, Mask = mask } };
        var again = Requests.Of(free, model, Nfe, count: 3, stop: 3) with { Condition = request.Condition };
        var apart = (imposing.Sample(model, request) - free.Sample(model, again)).abs();
        Assert.That((apart * (1 - mask)).max().ToDouble(), Is.Zero);
        Assert.That((apart * mask).amax([1, 2, 3]).min().ToDouble(), Is.GreaterThan(0.01), "a free run has known pixels of its own");
    }

    [TestCaseSource(nameof(Names))]
    public void A_sample_does_not_depend_on_its_batch(string name)
    {
        using var model = Model();
        var sampler = s_samplers[name](KnownRule.Impose);
        var (image, mask) = (Image(5), Mask(5));
        torch.Tensor Run(int first, int count) => sampler.Sample(model, Requests.Of(sampler, model, Nfe, first, count) with
        {
            Condition = new() { Known = (image * mask).narrow(0, first, count), Mask = mask.narrow(0, first, count) },
        });
        Assert.That(Run(2, 1).MaxError(Run(0, 5).narrow(0, 2, 1)), Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public void Where_no_pixel_is_known_for_sure_it_does_nothing(string name)
    {
        using var model = Model();
        var (imposing, free) = (s_samplers[name](KnownRule.Impose), s_samplers[name](KnownRule.Free));
        var occluded = new Condition { Channels = torch.ones([2, 1, 2, 2]) };
        var expected = free.Sample(model, Requests.Of(free, model, Nfe));
        Assert.That(imposing.Sample(model, Requests.Of(imposing, model, Nfe) with { Condition = occluded }).MaxError(expected), Is.Zero);
        Assert.That(imposing.Sample(model, Requests.Of(imposing, model, Nfe)).MaxError(expected), Is.Zero);
    }

    private static GaussianModel Model() => new(0.3, 0.25, DiscreteSchedule.Scaled(100));

    // Float32 as tasks give them, with a part that float64 states must not lose.
    private static torch.Tensor Image(int count) => torch.linspace(-0.9, 0.8, count * 4).view(count, 1, 2, 2).to(torch.float32);

    private static torch.Tensor Mask(int count) => torch.tensor([1f, 0f, 0f, 1f]).view(1, 1, 2, 2).repeat([count, 1, 1, 1]);
}
