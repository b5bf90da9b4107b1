namespace Dfx.Harness;

/// <summary>Input that cannot be used: the command ends with exit code 2 and this message, before anything is trained.</summary>
/// <param name="message">What is wrong, where, what was expected and what to do.</param>
/// <param name="inner">The cause, if another exception told of it.</param>
internal sealed class UsageException(string message, Exception? inner = null) : Exception(message, inner);
