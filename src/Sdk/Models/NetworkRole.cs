namespace Dfx.Sdk;

/// <summary>What a network is to its model.</summary>
public enum NetworkRole
{
    /// <summary>The denoiser itself: its evaluations are the NFE that a budget limits.</summary>
    Main,

    /// <summary>A second network, such as a compensation module or a classifier: counted in a column of its own.</summary>
    Auxiliary,
}
