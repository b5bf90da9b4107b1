namespace Dfx.Numerics.Files;

/// <summary>Reads stored arrays straight into the memory of new tensors.</summary>
internal static class TensorReading
{
    /// <summary>Reads the whole array into a new contiguous CPU tensor of the same shape.</summary>
    /// <exception cref="TensorFileException">The file is damaged, or the array holds strings.</exception>
    public static torch.Tensor ToTensor(this ArrayReader reader)
    {
        var type = TorchTypes.ToTorch(reader.Layout.Type)
            ?? throw reader.Place.Error($"{reader.Layout} fits no tensor; read it with ReadData and its Strings");
        var tensor = torch.empty(StoredShape(reader), dtype: type, device: torch.CPU);
        try
        {
            TensorBytes.Visit(tensor, reader.Layout, (part, source) => source.Read(part), reader);
            reader.Finish();
        }
        catch
        {
            tensor.Dispose();
            throw;
        }

        return reader.FortranOrder ? Transposed(tensor) : tensor;
    }

    private static long[] StoredShape(ArrayReader reader) =>
        reader.FortranOrder ? [.. reader.Layout.Shape.Reverse()] : [.. reader.Layout.Shape];

    private static torch.Tensor Transposed(torch.Tensor tensor)
    {
        using (tensor)
        {
            using var view = tensor.permute([.. Enumerable.Range(0, tensor.shape.Length).Reverse().Select(axis => (long)axis)]);
            return view.contiguous();
        }
    }
}
