namespace Dfx.Diffusion.Tests.Processes;

/// <summary>Against the tables of NVlabs/edm's preconditionings and losses.</summary>
[TestFixture]
internal sealed class PreconditioningGoldenTests
{
    private DisposeScope _scope = null!;
    private GoldenFile _golden = null!;

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

    [Test]
    public void Levels_and_labels_of_iddpm_agree()
    {
        var process = new IddpmProcess();
        var (sigma, range) = (_golden["sigma"], _golden.Doubles("iddpm_sigma_range_f64"));
        var c = process.Precondition(sigma);
        AssertClose(c.Skip, "iddpm_c_skip_f64", 1e-12);
        AssertClose(c.Out, "iddpm_c_out_f64", 1e-12);
        AssertClose(c.In, "iddpm_c_in_f64", 1e-12);
        AssertClose(c.Noise, "iddpm_c_noise_f64", 0);
        AssertClose(torch.tensor([.. process.Levels]), "iddpm_u_f64", 1e-12);
        AssertClose(torch.tensor([.. c.Noise.data<double>().Select(n => process.Levels[999 - (int)n])]), "iddpm_rounded_sigma_f64", 1e-12);
        Assert.That(process.Schedule.SigmaMin, Is.EqualTo(range[0]).Within(1e-11 * range[0]));
        Assert.That(process.Schedule.SigmaMax, Is.EqualTo(range[1]).Within(1e-7 * range[1]));
    }

    [Test]
    public void Training_levels_of_iddpm_are_in_its_table()
    {
        var process = new IddpmProcess();
        var sigmas = process.TrainingSigmas(new(7, "sigma", torch.CPU), 0, 2000).data<double>().ToArray();
        Assert.That(sigmas.Distinct(), Is.SubsetOf(process.Levels.Take(1000)));
        Assert.That(sigmas.Distinct().Count(), Is.GreaterThan(800));
    }

    // Float32 as it is used in training.
    [TestCase(ProcessKind.Edm, "edm")]
    [TestCase(ProcessKind.Ve, "ve")]
    public void Coefficients_agree_in_float32(ProcessKind kind, string name)
    {
        var c = kind.Process().Precondition(_golden["sigma"]);
        AssertClose(c.Skip.@float().@double(), $"{name}_c_skip_f32", 1e-6);
        AssertClose(c.Out.@float().@double(), $"{name}_c_out_f32", 1e-6);
        AssertClose(c.In.@float().@double(), $"{name}_c_in_f32", 1e-6);
        AssertClose(c.Noise.@float().@double(), $"{name}_c_noise_f32", 1e-6);
    }

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
