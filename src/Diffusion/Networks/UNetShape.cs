namespace Dfx.Diffusion;

/// <summary>What a network is made for.</summary>
/// <param name="Shape">The shape of the images.</param>
/// <param name="Condition">Channels of the condition; 0 for none.</param>
/// <param name="Outputs">Channels of the output.</param>
/// <param name="Seed">The seed of its first weights and of dropout.</param>
/// <param name="Purpose">What the network is, so that two of one run start differently.</param>
/// <param name="Precision">The arithmetic of its forward and backward pass.</param>
internal sealed record UNetShape(DataShape Shape, int Condition, int Outputs, ulong Seed, string Purpose, Precision Precision)
{
    /// <summary>The name of a level's resolution, such as 28x28.</summary>
    internal string Name(int level) => $"{Shape.Height >> level}x{Shape.Width >> level}";
}
