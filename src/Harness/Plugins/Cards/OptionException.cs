namespace Dfx.Harness.Plugins;

/// <summary>An option that a plugin type does not have, or a value that it does not take.</summary>
/// <param name="message">Which type, which parameter, what was expected.</param>
internal sealed class OptionException(string message) : Exception(message);
