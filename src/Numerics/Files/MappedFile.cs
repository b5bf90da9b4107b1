using System.IO.MemoryMappedFiles;

namespace Dfx.Numerics.Files;

/// <summary>A file mapped read-only into memory. Copies out of it are bounds-checked and safe against a dispose meanwhile.</summary>
/// <remarks>As with every mapping, a process that shortens the file in place kills its readers; <see cref="AtomicFile"/> never
/// does.</remarks>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor? _view;

    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public MappedFile(string path)
    {
        using var stream = new FileStream(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        Length = stream.Length;
        if (Length == 0)
        {
            return; // the system maps no empty files
        }

        // The view outlives both the mapping object and the stream that made it.
        using var file = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        _view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
    }

    /// <summary>Bytes of the file.</summary>
    public long Length { get; }

    /// <summary>Copies the bytes that begin at an offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not all lie within the file.</exception>
    /// <exception cref="ObjectDisposedException">The mapping is gone.</exception>
    public unsafe void CopyTo(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        if (_view is null)
        {
            return;
        }

        // Taken for each copy, so that a dispose in another thread waits for it instead of unmapping below it.
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            new ReadOnlySpan<byte>(start + _view.PointerOffset + offset, destination.Length).CopyTo(destination);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    public void Dispose() => _view?.Dispose();
}
