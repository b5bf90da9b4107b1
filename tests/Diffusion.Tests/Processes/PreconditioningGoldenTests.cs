namespace Dfx.Diffusion.Tests.Processes;

/// <summary>Against the tables of NVlabs/edm's preconditionings and losses.</summary>
[TestFixture]
internal sealed class PreconditioningGoldenTests
{
    private DisposeScope _scope;
    private GoldenFile _golden;

    [SetUp]
    public void SetUp() => (_scope, _golden) = (torch.NewDisposeScope(), new("edm_precond"));

    [TearDown]
    public void TearDown()
    {
        _golden.Dispose();
        _scope.Dispose();
    }

    [TestCase(ProcessKind.Edm, "edm", 1e-12)]
    [TestCase(ProcessKind.Ve, "ve", 1e-12)]
    [TestCase(ProcessKind.Vp, "vp", 1e-9)]
    public void Coefficients_agree(ProcessKind kind, string name, double noiseTolerance)
    {
        var c = kind.Process().Precondition(_golden["sigma"]);
        AssertClose(c.Skip, $"{name}_c_skip_f64", 1e-12);
        AssertClose(c.Out, $"{name}_c_out_f64", 1e-12);
        AssertClose(c.In, $"{name}_c_in_f64", 1e-12);
        AssertClose(c.Noise, $"{name}_c_noise_f64", noiseTolerance);
    }

    [TestCase(ProcessKind.Edm, "edm")]
    [TestCase(ProcessKind.Ve, "ve")]
    [TestCase(ProcessKind.Vp, "vp")]
    public void Weights_agree(ProcessKind kind, string name) =>
        AssertClose(kind.Process().Weight(_golden[$"loss_{name}_sigma"]), $"loss_{name}_weight", 1e-12);

    // The published draw u of the run gives the published sigma; ours comes from our draw by the same function.
    [Test]
    public void Training_levels_follow_the_published_law()
    {
        var (normal, uniform) = (new StepNoise(7, "sigma", torch.CPU).Normal(3, 5000).@double(), new StepNoise(7, "sigma", torch.CPU).Uniform(3, 5000).@double());
        var noise = new StepNoise(7, "sigma", torch.CPU);
        Assert.Multiple(() =>
        {
            AssertInterpolates(new EdmProcess(), noise, normal, "loss_edm_sigma", "loss_rnd_normal");
            AssertInterpolates(new VeProcess(), noise, uniform, "loss_ve_sigma", "loss_rnd_uniform");
            AssertInterpolates(new VpProcess(), noise, uniform, "loss_vp_sigma", "loss_rnd_uniform");
        });
    }

    [Test]
    public void Variance_preserving_schedule_has_the_published_range()
    {
        var range = _golden.Doubles("vp_sigma_range_f64");
        var schedule = new VpSchedule();
        Assert.Multiple(() =>
        {
            Assert.That(schedule.Sigma(1e-5), Is.EqualTo(range[0]).Within(1e-9 * range[0]));
            Assert.That(schedule.Sigma(1), Is.EqualTo(range[1]).Within(1e-12 * range[1]));
        });
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Karras_levels_agree(int which)
    {
        var expected = _golden.Doubles($"tsteps_edm_{which}");
        var actual = Grids.Karras(0.002, 80, expected.Length - 1);
        Assert.That(actual.Append(0).Zip(expected), Has.All.Matches<(double A, double E)>(p => Math.Abs(p.A - p.E) <= 1e-12 * p.E));
    }

    [Test]
    public void Karras_levels_agree_with_other_constants()
    {
        var (expected, c) = (_golden.Doubles("tsteps_edm_other"), _golden.Doubles("tsteps_edm_other_rho_smin_smax"));
        var actual = Grids.Karras(c[1], c[2], 18, c[0]);
        Assert.That(actual.Append(0).Zip(expected), Has.All.Matches<(double A, double E)>(p => Math.Abs(p.A - p.E) <= 1e-12 * p.E));
    }

    // Every level, sorted, is a monotone function of its draw: between two published draws it lies between their published levels.
    private void AssertInterpolates(IProcess process, StepNoise noise, torch.Tensor draws, string levels, string published)
    {
        var sigmas = process.TrainingSigmas(noise, 3, 5000).data<double>().ToArray();
        var ours = draws.data<double>().ToArray();
        foreach (var (u, sigma) in _golden.Doubles(published).Zip(_golden.Doubles(levels)))
        {
            var pairs = ours.Zip(sigmas).OrderBy(p => Math.Abs(p.First - u)).Take(2).ToArray();
            Assert.That(Math.Log(pairs[0].Second), Is.EqualTo(Math.Log(sigma)).Within((20 * Math.Abs(pairs[0].First - u)) + 1e-6), $"{process} at {u}");
        }
    }

    private void AssertClose(torch.Tensor actual, string name, double relative)
    {
        var expected = _golden.Doubles(name);
        Assert.That(actual.data<double>().ToArray().Zip(expected), Has.All.Matches<(double A, double E)>(p => Math.Abs(p.A - p.E) <= relative * Math.Abs(p.E)), name);
    }
}
