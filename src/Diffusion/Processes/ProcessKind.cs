namespace Dfx.Diffusion;

/// <summary>The processes that methods offer by name.</summary>
public enum ProcessKind
{
    /// <summary><see cref="EdmProcess"/>.</summary>
    Edm,

    /// <summary><see cref="VeProcess"/>.</summary>
    Ve,

    /// <summary><see cref="VpProcess"/>.</summary>
    Vp,

    /// <summary><see cref="SubVpProcess"/>.</summary>
    SubVp,

    /// <summary><see cref="IddpmProcess"/>.</summary>
    Iddpm,
}

/// <summary>What the names mean.</summary>
public static class ProcessKinds
{
    /// <summary>The process with the settings of its paper.</summary>
    public static IProcess Process(this ProcessKind kind) => kind switch
    {
        ProcessKind.Edm => new EdmProcess(),
        ProcessKind.Ve => new VeProcess(),
        ProcessKind.Vp => new VpProcess(),
        ProcessKind.SubVp => new SubVpProcess(),
        ProcessKind.Iddpm => new IddpmProcess(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected edm, ve, vp, sub-vp or iddpm"),
    };
}
