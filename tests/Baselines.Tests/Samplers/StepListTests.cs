using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>
/// The steps that samplers take of a discrete schedule, for every number K of them, against the published codes' rules. A hash is that of
/// the lists for K = 1 … T, each its length and its rising steps as little-endian int32, as a Python script with those rules printed it.
/// </summary>
[TestFixture]
internal sealed class StepListTests
{
    private const string Guided = "993f16efd6e31a2d9bc953041125a045bd66e36d4232e26ee5bf401ac2a48840";
    private const string Analytic = "001b9ca8f627cfd3f5a74b5f26d64997d9fc533e6a2e70a89041b8b3c8aea615";
    private static readonly DdpmSampler s_ddpm = new(new());
    private static readonly DdimSampler s_ddim = new(new());
    private static readonly DdimSampler s_quadratic = new(new(Steps: StepSet.Quadratic));
    private static readonly Adapted s_analyticDdpm = new(new AnalyticDdpmSampler(new()));
    private static readonly Adapted s_analyticDdim = new(new AnalyticDdimSampler(new()));
    private static readonly RepaintSampler s_repaint = new(new(Resamplings: 1));

    private static IEnumerable<TestCaseData> Lists()
    {
        yield return List("guided-diffusion 3", s_ddpm, 3, [1, 501, 1000]);
        yield return List("guided-diffusion 1", s_ddpm, 1, [1]);
        yield return List("guided-diffusion 2", s_ddpm, 2, [1, 1000]);
        yield return List("guided-diffusion 5", s_ddpm, 5, [1, 251, 501, 750, 1000]);
        yield return List("Analytic-DPM 3", s_analyticDdpm, 3, [1, 500, 1000]);
        yield return List("Analytic-DPM 1", s_analyticDdpm, 1, [1000]);
        yield return List("Analytic-DPM 2", s_analyticDdpm, 2, [1, 1000]);
        yield return List("Analytic-DPM 5", s_analyticDdpm, 5, [1, 251, 500, 750, 1000]);
        yield return List("DDIM quadratic 1", s_quadratic, 1, [1]);
        yield return List("DDIM quadratic 2", s_quadratic, 2, [1, 801]);
        yield return List("DDIM quadratic 3", s_quadratic, 3, [1, 201, 801]);
        yield return List("DDIM 1", s_ddim, 1, [1]);
        yield return List("DDIM 2", s_ddim, 2, [1, 501]);
        yield return List("DDIM 3", s_ddim, 3, [1, 335, 669]);
        yield return List("DDIM quadratic 5", s_quadratic, 5, [1, 51, 201, 451, 801]);
        yield return List("DDIM 8", s_ddim, 8, [1, 126, 251, 376, 501, 626, 751, 876]);
    }

    [TestCaseSource(nameof(Lists))]
    public void Some_lists_are_the_known_ones(ISampler<IDenoiser> sampler, int count, int[] steps) =>
        Assert.That(Steps(sampler, 1000, count), Is.EqualTo(steps));

    // 499.5 is no half in guided-diffusion's sum of 21 strides, which is a little less.
    [Test]
    public void A_stride_is_added_up() => Assert.That(Steps(s_ddpm, 1000, 21)[10], Is.EqualTo(500));

    private static IEnumerable<TestCaseData> Rules()
    {
        yield return Rule("space_timesteps of guided-diffusion, DDPM", s_ddpm, 1, 1000, Guided);
        yield return Rule("space_timesteps of guided-diffusion, RePaint", s_repaint, 1, 1000, Guided);
        yield return Rule("space_timesteps of guided-diffusion, T = 4000", s_ddpm, 1, 4000, "f8f8adf8c7d5e160d1bd24d5c552d363366f51cc77fec49e846340629f9cb3ce");
        yield return Rule("linear of Analytic-DPM, DDPM", s_analyticDdpm, 2, 1000, Analytic);
        yield return Rule("linear of Analytic-DPM, DDIM", s_analyticDdim, 2, 1000, Analytic);
        yield return Rule("linear of Analytic-DPM, T = 100", s_analyticDdim, 2, 100, "72fc74a219c818356d91546abaa977225a211b91caf8f57fbc4e4b93a0273a6b");
        yield return Rule("quad of DDIM", s_quadratic, 1, 1000, "4685596a6d37e1e301cf950815f6a73d62ec737d5ced27bea9b2f8c9a008494f");
        yield return Rule("quad of DDIM, T = 100", s_quadratic, 1, 100, "9f96cbc379cc70ebeeb8efcb2416b28057583838aec6c7a24bee5d142d70ed2d");
    }

    [TestCaseSource(nameof(Rules))]
    public void Lists_of_any_length_are_those_of_the_code(ISampler<IDenoiser> sampler, int first, int total, string hash) =>
        Assert.That(Hash(Enumerable.Range(first, total - first + 1).Select(count => Steps(sampler, total, count))), Is.EqualTo(hash));

    // The lists of EDM's ablation are numbers in the part of iDDPM's table between 0.002 and 81, from the noisiest level on.
    [Test]
    public void Lists_of_edms_ablation_are_those_of_the_code()
    {
        var schedule = new EdmSchedule(0.002, 81);
        var table = AblationFrames.IddpmTable().Where(u => u >= schedule.SigmaMin && u <= schedule.SigmaMax).ToArray();
        var numbers = table.Index().ToDictionary(level => level.Item, level => level.Index);
        var lists = Enumerable.Range(2, table.Length - 1).Select(count => AblationGrid.Iddpm.Levels(schedule, count).Select(u => numbers[u]).ToArray());
        Assert.That(Hash(lists), Is.EqualTo("58499eccc3c0e7c09c39bc21042e4dbe05a698762f602b06809640b9f2ec85eb"));
    }

    // DDIM's code and PNDM's take every ⌊T / K⌋-th step, which are K steps if K divides T. "ddimK" of guided-diffusion tries strides
    // from 1 on until one gives K steps.
    [Test]
    public void Uniform_steps_are_those_of_ddim_and_of_guided_diffusion_where_they_have_as_many([Values(50, 1000)] int total)
    {
        for (var count = 1; count <= total; count++)
        {
            var steps = Steps(s_ddim, total, count);
            var stride = Enumerable.Range(1, total).FirstOrDefault(k => (total + k - 1) / k == count);
            if (stride > 0)
            {
                Assert.That(steps, Is.EqualTo(Enumerable.Range(0, count).Select(i => 1 + (i * stride))), $"ddim{count}");
            }

            if (total % count == 0)
            {
                Assert.That(stride, Is.EqualTo(total / count));
                Assert.That(Steps(new IpndmSampler(), total, count), Is.EqualTo(steps));
            }

            Assert.That(steps, Has.Length.LessThanOrEqualTo(count));
        }
    }

    private static string Hash(IEnumerable<int[]> lists)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var steps in lists)
        {
            var bytes = new byte[4 * (steps.Length + 1)];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, steps.Length);
            for (var i = 0; i < steps.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * (i + 1)), steps[i]);
            }

            all.AppendData(bytes);
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static TestCaseData List(string name, ISampler<IDenoiser> sampler, int count, int[] steps) =>
        new TestCaseData(sampler, count, steps).SetArgDisplayNames(name);

    private static TestCaseData Rule(string name, ISampler<IDenoiser> sampler, int first, int total, string hash) =>
        new TestCaseData(sampler, first, total, hash).SetArgDisplayNames(name);

    // Rising, without the clean level.
    private static int[] Steps(ISampler<IDenoiser> sampler, int total, int count)
    {
        using var model = new GaussianModel(0, 1, new Numbered(total));
        return [.. sampler.Levels(model, count).SkipLast(1).Reverse().Select(level => checked((int)level))];
    }

    /// <summary>A discrete schedule whose levels are the numbers of its steps.</summary>
    private sealed record Numbered(int Total) : INoiseSchedule
    {
        public double SigmaMin => 1;

        public double SigmaMax => Total;

        public int? Steps => Total;

        public double Scale(double t) => 1;

        public double Sigma(double t) => t;

        public double Time(double sigma) => sigma;
    }
}
