namespace Dfx.Baselines;

/// <summary>A one-step method with an estimate of its error, tried on several rows at once, each at a place of its own.</summary>
internal interface IAdaptiveScheme
{
    /// <summary>Tries a step of every row.</summary>
    /// <param name="x">The states [N, C, H, W].</param>
    /// <param name="memory">What the last accepted step left for the next, of x's shape.</param>
    /// <param name="from">Where each row is.</param>
    /// <param name="to">Where its step leads to.</param>
    Attempt Try(torch.Tensor x, torch.Tensor memory, double[] from, double[] to);

    /// <summary>Whether a step with this error, relative to the tolerance, is good enough.</summary>
    bool Accepts(double error);

    /// <summary>The length of the next step.</summary>
    /// <param name="step">The length of the step that was tried.</param>
    /// <param name="error">Its error, relative to the tolerance.</param>
    /// <param name="retried">Whether a try from the same place was turned down before.</param>
    double Next(double step, double error, bool retried);

    /// <summary>Whether a row at this place is done.</summary>
    bool Arrived(double at);
}

/// <summary>What a try gave.</summary>
/// <param name="X">The states after the step.</param>
/// <param name="Memory">What it leaves for the next step.</param>
/// <param name="Errors">The error of each row, relative to the tolerance.</param>
internal sealed record Attempt(torch.Tensor X, torch.Tensor Memory, double[] Errors);
