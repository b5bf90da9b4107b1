using Dfx.Metrics.Extractors;
using Dfx.Numerics.Files;
using Dfx.Sdk;

namespace Dfx.Metrics.Features;

/// <summary>
/// The samples of a cell, of which features may have been kept when it was measured before. They are looked at only where features do not do: that may cost reading
/// them, or making them again.
/// </summary>
public sealed class MeasuredSamples : IImageSet, IDisposable
{
    private readonly Func<torch.Tensor> _images;
    private readonly NpzFile? _kept;
    private readonly Dictionary<string, string> _extractors;

    /// <param name="shape">The shape of every sample.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="features">A file that <see cref="KeptFeatures.Write"/> made of them, or null.</param>
    /// <param name="images">All samples, [count, C, H, W] on the CPU; they stay the maker's. Called whenever they are looked at.</param>
    /// <exception cref="TensorFileException">The file is damaged.</exception>
    public MeasuredSamples(DataShape shape, int count, string? features, Func<torch.Tensor> images)
    {
        (Shape, Count, _images) = (shape, count, images);
        _kept = features is null ? null : Npz.Open(features);
        _extractors = _kept is null ? [] : KeptFeatures.Extractors(_kept);
    }

    /// <inheritdoc/>
    public DataShape Shape { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public string? Fingerprint => null;

    /// <inheritdoc/>
    public torch.Tensor Read(int first, int count)
    {
        using var part = _images().narrow(0, first, count);
        return part.clone();
    }

    /// <summary>As many of the first samples as an extractor sees at once, a new tensor.</summary>
    internal torch.Tensor First() => Keeps(KeptFeatures.First) ? _kept!.Read(KeptFeatures.First) : Read(0, Math.Min(FeatureReader.Batch, Count));

    /// <summary>Whether features were kept, so that they need not be made.</summary>
    /// <param name="array">What <see cref="KeptFeatures.Needed"/> names them.</param>
    public bool Keeps(string array) => _kept?.Names.Contains(array) == true;

    /// <summary>Closes the file.</summary>
    public void Dispose() => _kept?.Dispose();

    /// <summary>
    /// The kept features [n, D] and logits [n, classes] of an extractor, new tensors; null if there are none, or if the extractor does not give the kept ones of the
    /// first samples again to the last bit, as another version of it may not.
    /// </summary>
    /// <param name="extractor">The network.</param>
    /// <param name="logits">Whether logits are asked for.</param>
    internal (torch.Tensor Features, torch.Tensor? Logits)? Kept(IFeatureExtractor extractor, bool logits)
    {
        if (_kept is null || !_extractors.TryGetValue(extractor.Card.Key, out var choice) || (logits && !_kept.Names.Contains(KeptFeatures.LogitsOf(choice))))
        {
            return null;
        }

        using var scope = torch.NewDisposeScope();
        try
        {
            var features = _kept.Read(KeptFeatures.FeaturesOf(choice));
            return features.shape is [var n, _] && n == Count && Repeats(extractor, features)
                ? (features.MoveToOuterDisposeScope(), logits ? _kept.Read(KeptFeatures.LogitsOf(choice)).MoveToOuterDisposeScope() : null)
                : null;
        }
        catch (TensorFileException)
        {
            // A bit of it changed: the samples tell.
            return null;
        }
    }

    private bool Repeats(IFeatureExtractor extractor, torch.Tensor features)
    {
        using var scope = torch.NewDisposeScope();
        var first = _kept!.Read(KeptFeatures.First);
        return extractor.Features(FeatureReader.Filled(first)).narrow(0, 0, first.shape[0]).eq(features.narrow(0, 0, first.shape[0])).all().item<bool>();
    }
}
