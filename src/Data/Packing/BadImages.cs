using System.Collections.Concurrent;
using Dfx.Sdk;

namespace Dfx.Data.Packing;

/// <summary>Images that cannot be used, gathered so that one error names them all.</summary>
internal sealed class BadImages
{
    /// <summary>After so many the reading stops. ImageNet has 22 images of four channels, which one attempt has to name.</summary>
    public const int Limit = 50;

    private readonly ConcurrentQueue<(string Name, string Reason)> _bad = new();

    /// <summary>Whether there are as many as one error names.</summary>
    public bool Full => _bad.Count >= Limit;

    /// <summary>Takes one in.</summary>
    public void Add(string name, string reason) => _bad.Enqueue((name, reason));

    /// <summary>Throws if there are any.</summary>
    /// <exception cref="DataUnavailableException">Names each of them, with the reason.</exception>
    public void Refuse(string origin)
    {
        if (!_bad.IsEmpty)
        {
            var lines = _bad.OrderBy(bad => bad.Name, StringComparer.Ordinal).Take(Limit).Select(bad => $"{Environment.NewLine}  {bad.Name}: {bad.Reason}");
            var more = Full ? " The reading stopped there: there may be more." : "";
            throw new DataUnavailableException($"{origin}: {_bad.Count} images cannot be used; nothing was added.{more}{string.Concat(lines)}");
        }
    }
}
