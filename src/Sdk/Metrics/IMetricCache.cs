namespace Dfx.Sdk;

/// <summary>What metrics share, so that features are extracted once a cell and reference statistics once a machine.</summary>
public interface IMetricCache
{
    /// <summary>A value that the metrics of one cell share: made at the first call. Disposable ones are disposed after the cell.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">What it is, such as <c>features/fmnist-cnn/generated</c>.</param>
    /// <param name="make">Makes it.</param>
    T Once<T>(string key, Func<T> make)
        where T : class;

    /// <summary>Tensors that are kept on disk for every later run: made at the first call on this machine.</summary>
    /// <param name="key">Everything that determines them, fingerprints and hashes included.</param>
    /// <param name="make">Makes them, on the CPU.</param>
    /// <returns>CPU tensors that the cache owns.</returns>
    IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make);
}
