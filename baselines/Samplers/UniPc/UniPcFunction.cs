namespace Dfx.Baselines;

/// <summary>The function B(h) of UniPC. It matters where a step knows one difference only; with more of them it cancels.</summary>
public enum UniPcFunction
{
    /// <summary>B1(h) = h: recommended without guidance.</summary>
    Bh1,

    /// <summary>B2(h) = exp(h) - 1: recommended with guidance.</summary>
    Bh2,
}
