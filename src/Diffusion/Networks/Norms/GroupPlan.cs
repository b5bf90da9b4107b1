namespace Dfx.Diffusion;

/// <summary>What the norm of one image is computed of.</summary>
/// <param name="Pixels">H W.</param>
/// <param name="Channels">C, at least 8.</param>
/// <param name="Groups">A divisor of C.</param>
/// <param name="Epsilon">What is added to the variance.</param>
/// <param name="Silu">Whether SiLU follows.</param>
internal readonly record struct GroupPlan(int Pixels, int Channels, int Groups, float Epsilon, bool Silu)
{
    internal int PerGroup => Channels / Groups;

    internal int Group(int channel) => channel / PerGroup;

    /// <summary>Numbers of an image.</summary>
    internal long Size => (long)Pixels * Channels;

    /// <summary>Numbers of a group.</summary>
    internal float Count => (float)Pixels * PerGroup;
}
