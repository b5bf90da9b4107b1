namespace Dfx.Sdk;

/// <summary>A dataset that a matrix can name. Its type has a <see cref="DatasetAttribute"/>.</summary>
public interface IDataset
{
    /// <summary>A hash of everything that determines the images: the content of the files and the dataset's parameters.</summary>
    /// <param name="context">Where the files may lie.</param>
    /// <returns>64 hexadecimal digits, the same on every machine that has the same data. Fast enough to ask before every run.</returns>
    /// <exception cref="DataUnavailableException">A file is missing or not what it should be; the message says how to get it.</exception>
    string Fingerprint(DataContext context);

    /// <summary>Opens the data for reading.</summary>
    /// <param name="context">Where the files may lie.</param>
    /// <returns>The open data; the caller disposes it.</returns>
    /// <exception cref="DataUnavailableException">A file is missing or not what it should be; the message says how to get it.</exception>
    IDataSource Open(DataContext context);
}
