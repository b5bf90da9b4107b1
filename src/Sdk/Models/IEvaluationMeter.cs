namespace Dfx.Sdk;

/// <summary>
/// Told of every evaluation of a network where it runs: in a sampler, a prior, a correction or a loss alike. The host hands one to every context;
/// the networks of <c>Dfx.Diffusion</c> report to it by themselves.
/// </summary>
public interface IEvaluationMeter
{
    /// <summary>A meter that nobody reads.</summary>
    static IEvaluationMeter None { get; } = new Internal.NoMeter();

    /// <summary>Counts a call of a network before it runs.</summary>
    /// <param name="network">Its card: one object for each network, so that two networks of equal size are told apart.</param>
    /// <param name="rows">The images of the call.</param>
    /// <param name="trains">Whether the call is in training mode and recorded for a backward pass.</param>
    /// <exception cref="InvalidOperationException">The call goes beyond the budget.</exception>
    /// <exception cref="OperationCanceledException">The host asked to stop.</exception>
    void Count(NetworkCard network, long rows, bool trains);
}
