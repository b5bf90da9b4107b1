namespace Dfx.Baselines.Tests.Samplers;

/// <summary>Stored random draws, handed out in order.</summary>
internal sealed class Draws(torch.Tensor stored)
{
    private int _next;

    /// <summary>How many were taken.</summary>
    internal int Taken => _next;

    internal torch.Tensor Next() => stored[_next++];
}
