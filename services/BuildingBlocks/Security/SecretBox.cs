using System.Security.Cryptography;
using System.Text;

namespace Governance.BuildingBlocks.Security;

/// <summary>
/// Keeps secrets that a service must be able to read again: AES-256-GCM with a key in a file of its own, created when missing,
/// so that a copy of the database alone gives nothing away. Replicas share the file.
/// </summary>
/// <param name="path">The key's file.</param>
public sealed class SecretBox(string path)
{
    private const int KeySize = 32;
    private readonly Lazy<byte[]> _key = new(() => Load(path));

    /// <summary>Encrypts.</summary>
    /// <param name="secret">What is kept.</param>
    /// <param name="owner">Whose it is: sealed for one, it does not open for another.</param>
    public byte[] Seal(ReadOnlySpan<byte> secret, string owner)
    {
        var sealedBytes = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + secret.Length];
        var (nonce, tag, cipher) = Split(sealedBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key.Value, AesGcm.TagByteSizes.MaxSize);
        aes.Encrypt(nonce, secret, cipher, tag, Encoding.UTF8.GetBytes(owner));
        return sealedBytes;
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">It was changed, is another's, or was sealed with another key.</exception>
    public byte[] Open(byte[] sealedBytes, string owner)
    {
        if (sealedBytes.Length < AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)
        {
            throw new CryptographicException("Too short.");
        }
        var (nonce, tag, cipher) = Split(sealedBytes);
        var secret = new byte[cipher.Length];
        using var aes = new AesGcm(_key.Value, AesGcm.TagByteSizes.MaxSize);
        aes.Decrypt(nonce, cipher, tag, secret, Encoding.UTF8.GetBytes(owner));
        return secret;
    }

    private static Parts Split(Span<byte> bytes) => new(
        bytes[..AesGcm.NonceByteSizes.MaxSize],
        bytes.Slice(AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize),
        bytes[(AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize)..]);

    private static byte[] Load(string path)
    {
        if (!File.Exists(path))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            PrivateFile.Write(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)));
        }

        var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
        return key.Length == KeySize ? key : throw new CryptographicException($"{path} holds no key of {KeySize} bytes.");
    }

    private readonly ref struct Parts(Span<byte> nonce, Span<byte> tag, Span<byte> cipher)
    {
        private readonly Span<byte> _nonce = nonce;
        private readonly Span<byte> _tag = tag;
        private readonly Span<byte> _cipher = cipher;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> tag, out Span<byte> cipher)
        {
            nonce = _nonce;
            tag = _tag;
            cipher = _cipher;
        }
    }
}
