namespace Dfx.Sdk.Internal;

/// <summary>Tells two networks apart whose cards say the same.</summary>
internal sealed class NetworkIdentity;
