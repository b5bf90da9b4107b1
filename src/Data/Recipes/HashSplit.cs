using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dfx.Sdk;

namespace Dfx.Data.Recipes;

/// <summary>
/// Parts for datasets that are published without any: an image belongs to the test part if the first four bytes of the SHA-256 of its key,
/// big-endian, are divisible by ten. So one in ten does, and adding or removing others moves none.
/// </summary>
internal static class HashSplit
{
    private const uint OneIn = 10;

    /// <summary>The part of an image.</summary>
    public static Split Of(string key) => Number(key) % OneIn == 0 ? Split.Test : Split.Train;

    /// <summary>The parts of all images. Where the rule leaves a part empty, the image of the largest or smallest number goes there.</summary>
    public static IReadOnlyList<Split> Of(IReadOnlyList<string> keys)
    {
        var parts = keys.Select(Of).ToArray();
        if (keys.Count > 1 && !parts.Contains(Split.Test))
        {
            parts[keys.Index().MinBy(key => Number(key.Item)).Index] = Split.Test;
        }
        else if (keys.Count > 1 && !parts.Contains(Split.Train))
        {
            parts[keys.Index().MaxBy(key => Number(key.Item)).Index] = Split.Train;
        }

        return parts;
    }

    private static uint Number(string key) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
