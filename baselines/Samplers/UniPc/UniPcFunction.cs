namespace Dfx.Baselines;

/// <summary>The function B(h) of UniPC. It matters where a step knows one difference only; with more of them it cancels.</summary>
public enum UniPcFunction
{
    /// <summary>B1(h) = h: the default of the authors' code.</summary>
    Bh1,

    /// <summary>B2(h) = exp(h) - 1: the predictor of order 2 is then DPM-Solver's multistep one.</summary>
    Bh2,
}
