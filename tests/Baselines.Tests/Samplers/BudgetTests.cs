using System.Reflection;

namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Every sampler of the plugin, by default options, at every budget from 1 to 50: as many evaluations as its paper's step count says, and no more.</summary>
[TestFixture]
internal sealed class BudgetTests
{
    private const int Most = 50;

    // Evaluations of the largest step count that fits a budget; 0 where none does. N levels are those of the papers' algorithms.
    private static readonly Dictionary<string, Func<int, int>> s_used = new(StringComparer.Ordinal)
    {
        ["euler"] = nfe => nfe,
        ["ddim"] = nfe => nfe,
        ["ddpm"] = nfe => nfe,
        ["analytic-ddim"] = nfe => nfe,
        ["analytic-ddpm"] = nfe => nfe,
        ["cold"] = nfe => nfe,
        ["ancestral-sde"] = nfe => nfe,
        ["reverse-diffusion"] = nfe => nfe,
        ["euler-maruyama"] = nfe => nfe,
        ["ipndm"] = nfe => nfe,
        ["deis"] = nfe => nfe,
        ["dpm-solver"] = nfe => nfe, // "fast" ends with a step of order 1 or 2 that uses up the rest
        ["dpm-solver-pp"] = nfe => nfe < 2 ? 0 : nfe,
        ["unipc"] = nfe => nfe < 3 ? 0 : nfe,
        ["heun"] = nfe => (2 * ((nfe + 1) / 2)) - 1, // 2 N - 1
        ["edm-ablation"] = nfe => (2 * ((nfe + 1) / 2)) - 1,
        ["pc"] = nfe => nfe / 2 * 2, // a corrector and a predictor a level
        ["s-pndm"] = nfe => nfe < 3 ? 0 : nfe, // one step of two stages
        ["pndm"] = nfe => nfe < 5 ? 0 : nfe < 9 ? 5 : nfe < 13 ? 9 : nfe, // up to three steps of four stages, and one of one
        ["repaint"] = nfe => Math.Min(nfe, 10), // an eleventh level takes a jump of ten levels nine times more
    };

    private static readonly string[] s_adaptive = ["rk45", "dpm-solver-adaptive"];

    private static IEnumerable<TestCaseData> Samplers => typeof(HeunSampler).Assembly.GetExportedTypes()
        .Where(type => type.GetCustomAttribute<SamplerAttribute>() is not null)
        .Select(type => new TestCaseData(type).SetArgDisplayNames(type.GetCustomAttribute<SamplerAttribute>()!.Id));

    [TestCaseSource(nameof(Samplers))]
    public void Budgets_from_1_to_50_are_used_as_the_paper_says(Type type)
    {
        var card = type.GetCustomAttribute<SamplerAttribute>()!;
        Assert.That(card.Adaptive, Is.EqualTo(s_adaptive.Contains(card.Id)), "an adaptive sampler has no budget, and any other one has");
        if (card.Adaptive)
        {
            return;
        }

        var (denoisers, variances) = (Made(type) as ISampler<IDenoiser>, Made(type) as ISampler<IVarianceDenoiser>);
        for (var nfe = 1; nfe <= Most; nfe++)
        {
            using var scope = torch.NewDisposeScope();
            var model = new Point();
            var request = Request(nfe, () => denoisers?.Levels(model, nfe) ?? variances!.Levels(model, nfe));
            if (request is not null)
            {
                _ = denoisers?.Sample(model, request) ?? variances!.Sample(model, request);
            }

            Assert.That(model.Calls, Is.EqualTo(s_used[card.Id](nfe)), $"budget {nfe}");
            Assert.That(model.Calls, Is.LessThanOrEqualTo(nfe));
        }
    }

    private static object Made(Type type) => type.GetConstructors().Single().GetParameters() is [var options]
        ? Activator.CreateInstance(type, Default(options.ParameterType))!
        : Activator.CreateInstance(type)!;

    private static object Default(Type options)
    {
        var constructor = options.GetConstructors().Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(Default)]);
    }

    // Reflection gives an enum's default as its number.
    private static object? Default(ParameterInfo option) =>
        option.ParameterType.IsEnum ? Enum.ToObject(option.ParameterType, option.DefaultValue!) : option.DefaultValue;

    private static SamplingRequest? Request(int nfe, Func<IReadOnlyList<double>> levels)
    {
        try
        {
            return Requests.Over(levels(), torch.ones([1, 1, 1, 1], torch.ScalarType.Float64) * 80) with { Nfe = nfe };
        }
        catch (NotApplicableException)
        {
            return null;
        }
    }

    /// <summary>Data of one point, and how often they were asked for.</summary>
    private sealed class Point : IVarianceDenoiser
    {
        internal int Calls { get; private set; }

        public INoiseSchedule Schedule { get; } = new EdmSchedule();

        public DataShape Shape => new(1, 1, 1);

        public IReadOnlyList<NetworkCard> Networks => [new("point", 0)];

        public torch.Tensor Denoise(torch.Tensor x, torch.Tensor sigma, Condition? condition = null)
        {
            Calls++;
            return torch.full_like(x, 0.3);
        }

        public (torch.Tensor Mean, torch.Tensor Variance) DenoiseWithVariance(torch.Tensor x, torch.Tensor sigma, Condition? condition = null) =>
            (Denoise(x, sigma), torch.full([1, 1, 1, 1], 0.1, x.dtype));

        public torch.Tensor Prior(double level, SampleNoise noise) => noise.Normal() * level;

        public Checkpoint ToCheckpoint() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
