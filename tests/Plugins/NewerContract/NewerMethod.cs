using Dfx.Sdk;

namespace Dfx.TestPlugins.NewerContract;

/// <summary>Would work, were the host newer.</summary>
[Method("test-newer-contract", "Newer contract")]
public sealed class NewerMethod : TrivialMethod<IDenoiser>;
