namespace Dfx.Harness.Plugins;

/// <summary>What became of a DLL that was found.</summary>
internal enum PluginState
{
    /// <summary>Its types can be used.</summary>
    Ok,

    /// <summary>Part of the host; its types can be used.</summary>
    BuiltIn,

    /// <summary>Built for something that this host is not, such as a newer contract.</summary>
    Refused,

    /// <summary>Its file or one of its cards is not what it should be.</summary>
    Broken,

    /// <summary>It has no plugin type: a dependency that lies beside plugins.</summary>
    NotAPlugin,
}
