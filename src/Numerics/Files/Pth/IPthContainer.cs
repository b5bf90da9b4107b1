namespace Dfx.Numerics.Files.Pth;

/// <summary>The parsed head of a .pth file, and access to its storages.</summary>
internal interface IPthContainer : IDisposable
{
    /// <summary>What torch.save was given: the state dict.</summary>
    object? Root { get; }

    /// <summary>Opens a storage's bytes; exactly <see cref="PthStorage.ByteLength"/> of them are in the file.</summary>
    /// <exception cref="TensorFileException">The member's local header is damaged.</exception>
    ByteSource Open(PthStorage storage);
}
