namespace Dfx.Sdk;

/// <summary>Tensors that are expensive to make and that several jobs need, kept on disk.</summary>
public interface ITensorStore
{
    /// <summary>Makes tensors at the first call, at most one process at a time, and reads them from then on.</summary>
    /// <param name="key">
    /// Everything that determines them beside what the host knows: it keeps plugins, libraries, devices and source models apart by itself.
    /// </param>
    /// <param name="make">Makes them, on the CPU.</param>
    /// <returns>CPU tensors that the store owns.</returns>
    IReadOnlyDictionary<string, torch.Tensor> Stored(string key, Func<IReadOnlyDictionary<string, torch.Tensor>> make);
}
