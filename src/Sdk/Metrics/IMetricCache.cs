namespace Dfx.Sdk;

/// <summary>What metrics share, so that features are extracted once a cell and reference statistics once a machine.</summary>
public interface IMetricCache : ITensorStore
{
    /// <summary>A value that the metrics of one cell share: made at the first call. Disposable ones are disposed after the cell.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">What it is, such as <c>features/fmnist-cnn/generated</c>.</param>
    /// <param name="make">Makes it.</param>
    T Once<T>(string key, Func<T> make)
        where T : class;
}
