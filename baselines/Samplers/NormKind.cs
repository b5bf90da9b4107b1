namespace Dfx.Baselines;

/// <summary>What a norm that steers step sizes is taken over.</summary>
public enum NormKind
{
    /// <summary>Each sample has its own step sizes: sample i is the same in any batch.</summary>
    Sample,

    /// <summary>The whole batch shares its step sizes, as official codes do: samples depend on the batch that they are in.</summary>
    Batch,
}
