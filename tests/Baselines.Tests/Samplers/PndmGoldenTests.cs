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
        yield return new TestCaseData("fpndm", 19, new PndmSampler(new()));
        yield return new TestCaseData("fpndm_long", 29, new PndmSampler(new()));
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

        Agree(golden, $"prefixed_{run}", sampler, model, levels, golden["latents"]);

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

        Agree(golden, $"official_{run}", sampler, model, levels, golden["latents"]);

        mixture.Calls.Clear();
        sampler.Sample(model, Requests.Over(levels, golden["latents"]));
        Assert.That(mixture.Calls, Has.Count.EqualTo(nfe).And.Count.EqualTo((int)golden.Doubles($"official_{run}_nfe")[0]));
    }

    // 8 steps of 1000: the middle of a Runge-Kutta step lies at a half step, such as 812.5. The transfer reads the table at 812 there.
    // The numbers are those of the repository's gen_order_4 on a float64 stand-in for its tensors, from the latents of the other runs.
    [TestCase("prefixed")]
    [TestCase("official")]
    public void Runs_of_an_odd_stride_agree_at_every_level(string table)
    {
        using var golden = new GoldenFile("samplers_pndm");
        using var odd = new GoldenFile("samplers_pndm_odd");
        var schedule = Schedule(golden);
        using var mixture = Mixture.Of(golden, schedule);
        using var late = Late(mixture);
        IDenoiser model = table == "official" ? late : mixture;
        var (sampler, offset) = (new PndmSampler(new()), table == "official" ? 2 : 1);
        double[] levels = [.. odd.Doubles("seq").Reverse().Select(t => schedule.Sigma(t + offset)), table == "official" ? schedule.Sigma(1) : 0];
        Assert.That(table == "official" || sampler.Levels(model, 17).SequenceEqual(levels));

        Agree(odd, table, sampler, model, levels, golden["latents"]);

        mixture.Calls.Clear();
        sampler.Sample(model, Requests.Over(levels, golden["latents"]));
        Assert.That(mixture.Calls.Select(s => schedule.Time(s) - 1), Is.EqualTo(odd.Doubles("call_t")).Within(1e-8));
    }

    // Up to half a step of 1000 lies between the two, so they are close and not the same; without a half step they are the same.
    [Test]
    public void Exact_half_steps_ask_for_the_noise_of_the_state()
    {
        using var golden = new GoldenFile("samplers_pndm");
        using var model = Mixture.Of(golden, Schedule(golden));
        var (truncated, exact) = (new PndmSampler(new()), new PndmSampler(new(HalfSteps.Exact)));
        Assert.That(Difference(17), Is.InRange(1e-6, 1e-2));
        Assert.That(Difference(19), Is.Zero);

        double Difference(int nfe)
        {
            var request = Requests.Of(exact, model, nfe);
            return exact.Sample(model, request).MaxError(truncated.Sample(model, request));
        }
    }

    // The exact rule is the truncated one on a table that has the half steps: of 2000 steps with the stride 250, none is half.
    [Test]
    public void Exact_half_steps_are_whole_ones_of_a_finer_table()
    {
        using var golden = new GoldenFile("samplers_pndm");
        var coarse = Schedule(golden);
        var fine = new DiscreteSchedule([.. Enumerable.Range(1, 2000).Select(t => coarse.AlphaBar(t / 2.0))]);
        using var model = Mixture.Of(golden, coarse);
        using var finer = Mixture.Of(golden, fine);
        var request = Requests.Of(new PndmSampler(new()), model, 17);
        var expected = new PndmSampler(new()).Sample(finer, request);
        Assert.That(new PndmSampler(new(HalfSteps.Exact)).Sample(model, request).MaxError(expected), Is.LessThan(1e-9));
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
    private static void Agree(
        GoldenFile golden, string run, ISampler<IDenoiser> sampler, IDenoiser model, IReadOnlyList<double> levels, torch.Tensor latents)
    {
        var scales = levels.Select(s => 1 / Math.Sqrt(1 + (s * s))).ToArray();
        for (var stop = 0; stop < levels.Count; stop++)
        {
            var y = sampler.Sample(model, Requests.Over(levels, latents / scales[0], stop));
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
