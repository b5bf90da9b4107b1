using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Dfx.Sdk;

namespace Dfx.TestPlugins.Sample;

/// <summary>What <c>test-shapes</c> takes.</summary>
public sealed record ShapesOptions(
    [Description("Pixels a side.")][Range(4, 64)] int Size = 8,
    [Description("Training images.")][Range(1, 100_000)] int Train = 256,
    [Description("Test images.")][Range(1, 100_000)] int Test = 64);

/// <summary>Bright squares and discs on a dark ground, made up from a fixed seed.</summary>
[Dataset("test-shapes", "Shapes")]
public sealed class ShapesDataset(ShapesOptions options) : IDataset
{
    public string Fingerprint(DataContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"test-shapes 1 {options}")));

    public IDataSource Open(DataContext context) => new Shapes(options);
}
