using Dfx.Harness.Planning;
using Dfx.Harness.Plugins;
using Dfx.Harness.Plugins.Loading;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a worker keeps from job to job: loaded plugins and open data.</summary>
internal sealed class WorkerSession(string cache) : IDisposable
{
    private readonly PluginLoader _loader = new();
    private readonly HashSet<(string Assembly, string Hash)> _proven = [];
    private readonly Dictionary<string, IDataSource> _data = new(StringComparer.Ordinal);
    private string? _carriedOf;
    private torch.Tensor? _carried;

    /// <summary>The folder of what is kept across runs and matrices.</summary>
    internal string Cache { get; } = cache;

    /// <summary>Leaves samples for the job that measures them, if that comes next.</summary>
    internal void Carry(string sample, torch.Tensor images)
    {
        Drop();
        (_carriedOf, _carried) = (sample, images.alias().DetachFromDisposeScope());
    }

    /// <summary>The samples of a job that was this worker's last; null if they are not. They stay the session's.</summary>
    internal torch.Tensor? Carried(string sample) => _carriedOf == sample ? _carried : null;

    /// <summary>Frees what was left for another job.</summary>
    internal void Drop()
    {
        _carried?.Dispose();
        (_carriedOf, _carried) = (null, null);
    }

    /// <summary>An instance of a plugin type.</summary>
    internal T Create<T>(PluginRef plugin)
        where T : class => _loader.Create<T>(Card(plugin), plugin.Options);

    /// <summary>An instance of a plugin type whose interface is told apart later.</summary>
    internal object Create(PluginRef plugin) => _loader.Create(Card(plugin), plugin.Options);

    /// <summary>What is behind an exception that a plugin's missing dependency caused, or null.</summary>
    internal string? Explain(Exception exception) => _loader.Explain(exception);

    /// <summary>Open data; the session closes them.</summary>
    internal IDataSource Data(DatasetSpec dataset)
    {
        if (!_data.TryGetValue(dataset.Part, out var source))
        {
            source = Create<IDataset>(dataset.Plugin).Open(Context(dataset));
            _data.Add(dataset.Part, source);
        }

        return source;
    }

    internal string Fingerprint(DatasetSpec dataset) => Create<IDataset>(dataset.Plugin).Fingerprint(Context(dataset));

    internal ModelContext Context(ModelSpec model, torch.Device device) => new()
    {
        Data = Data(model.Dataset),
        Task = Create<ITask>(model.Task),
        Network = model.Network,
        Device = device,
        Precision = model.Precision,
        Augmented = model.Training.Augment > 0,
        Seed = model.Seed,
    };

    public void Dispose()
    {
        Drop();
        foreach (var source in _data.Values)
        {
            source.Dispose();
        }
    }

    private DataContext Context(DatasetSpec dataset)
    {
        var folder = Path.Combine(Cache, "data");
        Directory.CreateDirectory(folder);
        return new(dataset.Path, folder);
    }

    /// <exception cref="PluginException">The plugin's files are not those that the job's key and the user's pins were made of.</exception>
    private PluginType Card(PluginRef plugin)
    {
        if (!_proven.Contains((plugin.Assembly, plugin.Hash)))
        {
            PlannedContent.Require(plugin);
            _proven.Add((plugin.Assembly, plugin.Hash));
        }

        return new(plugin.Kind, plugin.Id, plugin.Id, "", plugin.Type, new PluginFile(plugin.Assembly, false), [], []);
    }
}
