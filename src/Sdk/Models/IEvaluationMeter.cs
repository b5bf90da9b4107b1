namespace Dfx.Sdk;

/// <summary>
/// Told of every evaluation of a network where it runs: in a sampler, a prior, a correction or a loss alike. The host hands one to every context;
/// the networks of <c>Dfx.Diffusion</c> report to it by themselves. A module from elsewhere may do the same, with <see cref="NetworkCard.Reports"/> on its card.
/// </summary>
public interface IEvaluationMeter
{
    /// <summary>A meter that nobody reads.</summary>
    static IEvaluationMeter None { get; } = new Internal.NoMeter();

    /// <summary>Counts a call of a network before it runs.</summary>
    /// <param name="network">A card of the network, or a copy made by <c>with</c>, whose multiply-adds are those of this call's images.</param>
    /// <param name="rows">The images of the call.</param>
    /// <param name="trains">Whether the call is in training mode and recorded for a backward pass.</param>
    /// <exception cref="InvalidOperationException">The call goes beyond the budget, or is made where nothing may be evaluated.</exception>
    /// <exception cref="OperationCanceledException">The host asked to stop; while networks train, they are left to come to the end of a step.</exception>
    void Count(NetworkCard network, long rows, bool trains);
}
