namespace Dfx.Harness.Plugins.Discovery;

/// <summary>A plugin type that breaks a rule of cards.</summary>
/// <param name="message">Which type, which rule.</param>
internal sealed class CardException(string message) : Exception(message);
