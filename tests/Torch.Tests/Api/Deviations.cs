namespace Dfx.Torch.Tests.Api;

/// <summary>Public members that TorchSharp does not have in that form, each with the reason.</summary>
internal static class Deviations
{
    internal static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>();
}
