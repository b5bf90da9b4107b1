using System.Globalization;
using System.Text;
using Dfx.Data.Idx;
using Dfx.Sdk;

namespace Dfx.Data.Synthetic.Faces;

/// <summary>
/// Drawn faces in RGB, each a function of the seed and its index: portraits for tasks of restoration on machines without photographs. Nothing is read from disk.
/// </summary>
/// <param name="options">Size, counts and seed.</param>
[Dataset("proc-faces", "Drawn faces")]
public sealed class ProcFacesDataset(ProcFacesOptions options) : IDataset
{
    /// <inheritdoc/>
    public string Fingerprint(DataContext context) => PinnedFile.Hash(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"proc-faces 1 {options.Size} {options.Train} {options.Test} {options.Seed}")));

    /// <inheritdoc/>
    public IDataSource Open(DataContext context) => new FaceSource(options);
}
