namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Against luping-liu/PNDM and qsh-zh/deis on the analytic mixture.</summary>
[TestFixture]
internal sealed class PndmGoldenTests
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void SetUp() => _scope = torch.NewDisposeScope();

    [TearDown]
    public void TearDown() => _scope.Dispose();

    private static IEnumerable<TestCaseData> Runs()
    {
        yield return new TestCaseData("ddim", 10, new DdimSampler(new()));
        yield return new TestCaseData("spndm", 11, new SpndmSampler());
        yield return new TestCaseData("fpndm", 19, new PndmSampler());
        yield return new TestCaseData("fpndm_long", 29, new PndmSampler());
    }

    [TestCaseSource(nameof(Runs))]
    public void Runs_agree_at_every_level(string run, int nfe, ISampler<IDenoiser> sampler)
    {
        using var golden = new GoldenFile("samplers_pndm");
        var schedule = Schedule(golden);
        using var model = Mixture.Of(golden, schedule);
        var levels = sampler.Levels(model, nfe);
        var labels = golden.Doubles($"prefixed_{run}_seq").Reverse();
        Assert.That(levels, Is.EqualTo(labels.Select(t => schedule.Sigma(t + 1)).Append(0)).Within(1e-12));

        Agree(golden, $"prefixed_{run}", sampler, model, levels);

        model.Calls.Clear();
        sampler.Sample(model, Requests.Over(levels, golden["latents"]));
        Assert.That(model.Calls.Select(s => schedule.Time(s) - 1), Is.EqualTo(golden.Doubles($"prefixed_{run}_call_t")).Within(1e-8));
    }

    // The repository as it stands looks the noise level up one label later than it tells the model, and ends at label 0.
    [TestCaseSource(nameof(Runs))]
    public void Runs_of_the_official_table_agree_at_every_level(string run, int nfe, ISampler<IDenoiser> sampler)
    {
        using var golden = new GoldenFile("samplers_pndm");
        var schedule = Schedule(golden);
        using var mixture = Mixture.Of(golden, schedule);
        using var model = Late(mixture);
        double[] levels = [.. golden.Doubles($"official_{run}_seq").Reverse().Select(t => schedule.Sigma(t + 2)), schedule.Sigma(1)];

        Agree(golden, $"official_{run}", sampler, model, levels);

        mixture.Calls.Clear();
        sampler.Sample(model, Requests.Over(levels, golden["latents"]));
        Assert.That(mixture.Calls, Has.Count.EqualTo(nfe).And.Count.EqualTo((int)golden.Doubles($"official_{run}_nfe")[0]));
    }

    [Test]
    public void The_mixture_is_the_golden_one_at_fractional_times_too()
    {
        using var golden = new GoldenFile("samplers_pndm");
        var schedule = Schedule(golden);
        using var model = Mixture.Of(golden, schedule);
        var times = golden.Doubles("model_t").Select(t => t + 1).ToArray();
        for (var i = 0; i < times.Length; i++)
        {
            var (sigma, y) = (schedule.Sigma(times[i]), golden["model_x"].narrow(0, i, 1) / schedule.Scale(times[i]));
            var eps = (y - model.Denoise(y, torch.full([1], sigma, torch.ScalarType.Float64))) / sigma;
            Assert.That(eps.MaxError(golden["model_eps"].narrow(0, i, 1)), Is.LessThan(1e-9));
        }
    }

    [Test]
    public void Ipndm_agrees_with_the_repository_of_deis()
    {
        using var golden = new GoldenFile("samplers_deis");
        var schedule = new VpSchedule();
        using var model = Mixture.Of(golden, schedule);
        double[] levels = [.. golden.Doubles("ipndm_rev_ts").Select(schedule.Sigma)];
        var y = new IpndmSampler().Sample(model, Requests.Over(levels, golden["latents"] / schedule.Scale(1)));
        Assert.That((y * schedule.Scale(0.001)).MaxError(golden["ipndm_final"]), Is.LessThan(1e-8));
        Assert.That(model.Calls, Is.EqualTo(levels.SkipLast(1)).Within(1e-12));
    }

    // In the paper's frame x = a y, and the levels' a are 1 / sqrt(1 + sigma^2).
    private static void Agree(GoldenFile golden, string run, ISampler<IDenoiser> sampler, IDenoiser model, IReadOnlyList<double> levels)
    {
        var scales = levels.Select(s => 1 / Math.Sqrt(1 + (s * s))).ToArray();
        for (var stop = 0; stop < levels.Count; stop++)
        {
            var y = sampler.Sample(model, Requests.Over(levels, golden["latents"] / scales[0], stop));
            Assert.That((y * scales[stop]).MaxError(golden[$"{run}_xs"][stop]), Is.LessThan(1e-10), $"at {stop}");
        }
    }

    private static DiscreteSchedule Schedule(GoldenFile golden) => new([.. golden.Doubles("alphas_cump")]);

    // The noise that the model predicts for the image if told the step before.
    private static Wrapped Late(Mixture model) => new(model, (x, sigma) =>
    {
        var (schedule, level) = (model.Schedule, sigma[0].ToDouble());
        var t = schedule.Time(level);
        var (y, lower) = (x * (schedule.Scale(t) / schedule.Scale(t - 1)), schedule.Sigma(t - 1));
        var eps = (y - model.Denoise(y, torch.full_like(sigma, lower))) / lower;
        return x - (eps * level);
    });
}
