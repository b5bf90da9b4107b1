namespace Dfx.SoftDiffusion.Analyses;

/// <summary>A process that goes from corrupted images to clean ones: numbers of all of its levels, and pictures of a few.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="levels">How many levels it has.</param>
/// <param name="columns">How many of them are shown, the first and the last among them.</param>
/// <param name="images">How many images are shown.</param>
internal sealed class Strip(string name, int levels, int columns, int images) : IDisposable
{
    private readonly List<(double T, ImageEstimate Mean, ImageEstimate Deviation)> _levels = [];
    private readonly List<ImageEstimate> _changes = [];
    private readonly List<torch.Tensor> _shown = [];
    private readonly HashSet<int> _columns = [.. Enumerable.Range(0, columns).Select(i => (int)Math.Round((double)i * (levels - 1) / (columns - 1)))];
    private torch.Tensor? _previous;

    internal static AnalysisColumn[] Columns { get; } =
    [
        new("process", "forward: test images are corrupted; reverse: the sampler's states; estimate: the model's E[x0 | x_t] of these."),
        new("t", "The level, from 0 (clean) to 1."),
        new("mean", "Of an image's numbers, averaged over images in [-1, 1]."),
        new("mean-se", "Its standard error, over images."),
        new("deviation", "Standard deviation of the numbers within an image, averaged over images."),
        new("deviation-se", "Its standard error."),
        new("change", "Root mean square of what the step from this level to the next lower one changes in an image, averaged over images; empty at the end."),
        new("change-se", "Its standard error."),
    ];

    /// <summary>Adds the next level.</summary>
    /// <param name="t">The level, lower than the one before.</param>
    /// <param name="x">Images [N, C, H, W]; they are copied.</param>
    internal void Add(double t, torch.Tensor x)
    {
        using var scope = torch.NewDisposeScope();
        if (_previous is not null)
        {
            _changes.Add(ImageEstimate.Mean((_previous - x).square().mean([1L, 2, 3]).sqrt()));
            _previous.Dispose();
        }

        if (_columns.Contains(_levels.Count))
        {
            _shown.Add(x.narrow(0, 0, Math.Min(images, x.shape[0])).clone().DetachFromDisposeScope());
        }

        var numbers = x.flatten(1);
        _levels.Add((t, ImageEstimate.Mean(numbers.mean([1L])), ImageEstimate.Mean(numbers.std(1, unbiased: false))));
        _previous = x.clone().DetachFromDisposeScope();
    }

    /// <summary>A row a level, from the clean one up.</summary>
    internal IEnumerable<IReadOnlyList<object?>> Rows() => _levels.Select(IReadOnlyList<object?> (level, i) =>
    {
        ImageEstimate? change = i < _changes.Count ? _changes[i] : null;
        return
        [
            name, level.T, level.Mean.Value, level.Mean.StandardError, level.Deviation.Value, level.Deviation.StandardError, change?.Value, change?.StandardError,
        ];
    }).Reverse();

    /// <summary>The levels that are shown, in the order that they were added.</summary>
    internal IReadOnlyList<string> Names => [.. _columns.Order().Select(i => Pictures.Level(_levels[i].T))];

    /// <summary>The pictures of the shown images, a row each.</summary>
    /// <param name="title">From the number of an image to the name of its row.</param>
    /// <param name="reversed">Whether the last level comes first.</param>
    internal IReadOnlyList<AnalysisSheetRow> Sheet(Func<int, string> title, bool reversed = false) =>
    [
        .. Enumerable.Range(0, (int)_shown[0].shape[0]).Select(image =>
        {
            using var scope = torch.NewDisposeScope();
            var row = Pictures.Row(title(image + 1), (reversed ? _shown.AsEnumerable().Reverse() : _shown).Select(level => level[image]));
            scope.MoveToOuter(row.Images);
            return row;
        }),
    ];

    /// <summary>Releases the pictures.</summary>
    public void Dispose()
    {
        _previous?.Dispose();
        _shown.ForEach(level => level.Dispose());
    }
}
