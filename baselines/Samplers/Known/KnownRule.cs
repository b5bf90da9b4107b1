namespace Dfx.Baselines;

/// <summary>What samplers of restoration do about pixels that the task knows for sure. The host pastes them into the finished samples either way.</summary>
public enum KnownRule
{
    /// <summary>Nothing: the network is told them, and the states are its own.</summary>
    Free,

    /// <summary>They are x0 + sigma z in every state, z being the noise that the run started from. Tasks that know no pixel for sure are as with <see cref="Free"/>.</summary>
    Impose,
}
