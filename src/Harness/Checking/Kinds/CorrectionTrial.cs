using System.Collections.ObjectModel;
using Dfx.Harness.Checking.Tiny;
using Dfx.Harness.Execution.Worker;
using Dfx.Harness.Plugins;
using Dfx.Sdk;

namespace Dfx.Harness.Checking.Kinds;

/// <summary>Corrections of one type on the tiny source, made as a run makes them: collected for, trained, or made from nothing.</summary>
/// <param name="make">Makes an instance.</param>
/// <param name="traits">What its card declares.</param>
/// <param name="work">A folder for what is collected.</param>
internal sealed class CorrectionTrial(Func<ICorrection> make, PluginTraits traits, string work)
{
    /// <summary>Parts that are collected to train on; the whole collection may take hours.</summary>
    internal const int Parts = 2;

    private (CollectionFiles Files, int Parts)? _collected;
    private int _folders;

    /// <summary>Whether it learns nothing.</summary>
    internal bool Untrained => traits.HasFlag(PluginTraits.Untrained);

    /// <summary>Whether it learns from another correction, of which the checks know none.</summary>
    internal bool NeedsTeacher => traits.HasFlag(PluginTraits.NeedsTeacher);

    internal ICorrection Make() => make();

    /// <summary>A correction at the end of a short training.</summary>
    internal ITrainedCorrection Trained(MemoryHost? given = null, int steps = Bench.Steps, CancellationToken cancellation = default)
    {
        var correction = make();
        if (Untrained)
        {
            return correction.Load(new(ReadOnlyDictionary<string, torch.Tensor>.Empty), Bench.Model());
        }

        using var own = new MemoryHost();
        using var source = Source();
        using var collection = correction is ICollectingCorrection ? Collection() : null;
        return correction.Train(new()
        {
            Source = source,
            Collection = collection,
            Training = Bench.Training(given ?? own, steps: steps, cancellation: cancellation),
        });
    }

    /// <summary>A folder of its own for a collection.</summary>
    internal CollectionFiles Folder() => new(Path.Combine(Directory.CreateDirectory(work).FullName, $"collection-{Guid.NewGuid():N}-{++_folders}"));

    /// <summary>Collects until there are so many parts, from those that are there on; how many there are then.</summary>
    internal int Collect(CollectionFiles files, int parts)
    {
        using var source = Source();
        using var host = new CollectionHost(files, source.Networks, new Silent(), parts, CancellationToken.None);
        host.Collect((ICollectingCorrection)make(), source, Bench.Model(), flip: false);
        return host.Parts;
    }

    private Collection Collection()
    {
        _collected ??= Folder() is var files ? (files, Collect(files, Parts)) : null;
        return _collected.Value.Files.Open(_collected.Value.Parts);
    }

    private static TinyGaussian Source() => new(Bench.Data.Shape);

    private sealed class Silent : IProgressHost
    {
        public void Report(long done, long total, string? note = null)
        {
        }
    }
}
