namespace Dfx.Baselines;

/// <summary>Which noise levels the samplers visit with one budget on the schedule of a model: what tells many of them apart before any network is asked.</summary>
/// <param name="options">Its parameters.</param>
[Analysis("levels", "Noise levels that samplers visit")]
public sealed class LevelsAnalysis(LevelsOptions options) : IAnalysis
{
    // One for each kind of grid, with the parameters that it has by default.
    private static readonly (string Id, ISampler<IDenoiser> Sampler)[] s_samplers =
    [
        ("heun", new HeunSampler(new())),
        ("euler", new EulerSampler(new())),
        ("ddim", new DdimSampler(new())),
        ("dpm-solver-pp", new DpmSolverPlusPlusSampler(new())),
        ("deis", new DeisSampler(new())),
        ("ipndm", new IpndmSampler()),
        ("ancestral-sde", new AncestralSdeSampler()),
    ];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var model = context.Trained.Select(t => t.Model).OfType<IDenoiser>().LastOrDefault()
            ?? throw new NotApplicableException("levels looks at the schedule of a trained denoiser: name one with method");
        return new(
            [new("sampler", "Its id."), new("step", "From 0, the noisiest."), new("sigma", "The level, above 0: the clean images at the end are left out.")],
            [.. s_samplers.SelectMany(entry => Rows(entry.Id, Levels(entry.Sampler, model)))]);
    }

    /// <summary>None where the budget is too small for a sampler, or the schedule is none of its kind.</summary>
    private IReadOnlyList<double> Levels(ISampler<IDenoiser> sampler, IDenoiser model)
    {
        try
        {
            return sampler.Levels(model, options.Nfe);
        }
        catch (NotApplicableException)
        {
            return [];
        }
    }

    private static IEnumerable<IReadOnlyList<object?>> Rows(string sampler, IReadOnlyList<double> levels) =>
        levels.Where(level => level > 0).Select((level, step) => (IReadOnlyList<object?>)[sampler, (long)step, level]);
}
