namespace Dfx.Sdk;

/// <summary>Data are missing or not what they should be. The message names the file, what is wrong with it and how to get it.</summary>
/// <param name="message">Everything that the user needs to know, in one sentence or two.</param>
/// <param name="inner">The cause, if another exception told of it.</param>
public sealed class DataUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
