namespace Dfx.Stf.Analyses;

/// <summary>An average over independent draws.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error; 0 for one draw, which says nothing about itself.</param>
internal readonly record struct Estimate(double Value, double StandardError)
{
    internal static Estimate Of(IReadOnlyCollection<double> draws)
    {
        var mean = draws.Average();
        var squares = draws.Sum(d => (d - mean) * (d - mean));
        return new(mean, draws.Count > 1 ? Math.Sqrt(squares / (draws.Count - 1.0) / draws.Count) : 0);
    }

    internal static Estimate Of(torch.Tensor draws) => Of((IReadOnlyCollection<double>)draws.@double().cpu().data<double>().ToArray());

    public static Estimate operator *(Estimate estimate, double factor) => new(estimate.Value * factor, estimate.StandardError * factor);
}
